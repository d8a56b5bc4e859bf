import { assumeRole } from "./assume-role.ts";
import type { StsContext } from "./context.ts";
import { getCallerIdentity } from "./get-caller-identity.ts";

export function stsOperations(context: StsContext) {
  return {
    AssumeRole: assumeRole(context),
    GetCallerIdentity: getCallerIdentity,
  };
}
