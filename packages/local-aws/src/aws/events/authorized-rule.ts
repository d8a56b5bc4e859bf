import type { Call } from "../../gateway/protocol.ts";
import { busName, DEFAULT_BUS, type Rule, ruleArn } from "./rule.ts";
import type { Rules } from "./rules.ts";

/**
 * The rule of a request whose caller may perform the action on it.
 *
 * @param bus name or ARN of the event bus.
 * @throws AwsError `AccessDenied` or `ResourceNotFoundException`.
 */
export function authorizedRule(rules: Rules, call: Call, action: string, name = "", bus = DEFAULT_BUS): Rule {
  call.authorize(action, ruleArn(name, busName(bus)));
  return rules.get(name, busName(bus));
}
