import type { Call } from "../../gateway/protocol.ts";
import { type WorkGroup, type WorkGroups, workGroupArn } from "./workgroups.ts";

export interface WorkGroupInput {
  readonly WorkGroup?: string;
}

/**
 * The workgroup of a request whose caller may perform the action on it.
 *
 * @throws AwsError `AccessDenied` or `InvalidRequestException`.
 */
export function authorizedWorkGroup(
  groups: WorkGroups,
  { WorkGroup: name = "primary" }: WorkGroupInput,
  call: Call,
  action: string,
): WorkGroup {
  call.authorize(action, workGroupArn(name));
  return groups.get(name);
}
