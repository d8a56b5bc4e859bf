import type { Call } from "../../../gateway/protocol.ts";
import type { Rules } from "../rules.ts";
import { findRule } from "./find-rule.ts";
import { ruleDescription } from "./rule-description.ts";

interface Input {
  readonly Name: string;
  readonly EventBusName?: string;
}

export const describeRule =
  (rules: Rules) =>
  ({ Name, EventBusName }: Input, call: Call): object =>
    ruleDescription(findRule(rules, call, "events:DescribeRule", Name, EventBusName));
