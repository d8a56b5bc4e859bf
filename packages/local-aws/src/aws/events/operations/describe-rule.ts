import type { Call } from "../../../gateway/protocol.ts";
import { authorizedRule } from "../authorized-rule.ts";
import { ruleDescription } from "../rule-description.ts";
import type { EventsContext } from "./context.ts";

interface Input {
  readonly Name: string;
  readonly EventBusName?: string;
}

export const describeRule =
  ({ rules }: EventsContext) =>
  ({ Name, EventBusName }: Input, call: Call): object =>
    ruleDescription(authorizedRule(rules, call, "events:DescribeRule", Name, EventBusName));
