import type { Call, RestInput } from "../../gateway/protocol.ts";
import type { Canaries } from "./canaries.ts";
import { type Canary, canaryArn } from "./canary.ts";

/**
 * The canary that the path of a request names, if its caller may perform the action on it.
 *
 * @throws AwsError `AccessDenied` or `ResourceNotFoundException`.
 */
export function authorizedCanary(canaries: Canaries, { path }: RestInput, call: Call, action: string): Canary {
  const name = path.name ?? "";
  call.authorize(action, canaryArn(name));
  return canaries.get(name);
}
