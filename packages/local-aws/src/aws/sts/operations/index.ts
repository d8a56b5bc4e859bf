import { type AssumeRoleDependencies, assumeRole } from "./assume-role.ts";
import { getCallerIdentity } from "./get-caller-identity.ts";

export function stsOperations(dependencies: AssumeRoleDependencies) {
  return {
    AssumeRole: assumeRole(dependencies),
    GetCallerIdentity: getCallerIdentity,
  };
}
