import type { Call } from "../../../gateway/protocol.ts";
import { type AssumeRoleDependencies, assumeRole } from "./assume-role.ts";
import { getCallerIdentity } from "./get-caller-identity.ts";

type FormOperation = (fields: Readonly<Record<string, string>>, call: Call) => unknown;

export function stsOperations(dependencies: AssumeRoleDependencies): Readonly<Record<string, FormOperation>> {
  return {
    AssumeRole: assumeRole(dependencies),
    GetCallerIdentity: getCallerIdentity,
  };
}
