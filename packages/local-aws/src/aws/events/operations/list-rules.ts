import { paginate } from "../../../gateway/paginate.ts";
import type { Call } from "../../../gateway/protocol.ts";
import { type PageInput, pageOptions } from "../page-input.ts";
import { busName, DEFAULT_BUS, ruleArn } from "../rule.ts";
import { ruleDescription } from "../rule-description.ts";
import type { EventsContext } from "./context.ts";

interface Input extends PageInput {
  readonly NamePrefix?: string;
  readonly EventBusName?: string;
}

export const listRules =
  ({ rules }: EventsContext) =>
  ({ NamePrefix = "", EventBusName, ...input }: Input, call: Call): object => {
    const bus = busName(EventBusName ?? DEFAULT_BUS);
    call.authorize("events:ListRules", ruleArn("*", bus));
    rules.checkBus(bus);
    const selected = rules.of(bus).filter(({ name }) => name.startsWith(NamePrefix));
    const { page, next } = paginate(selected, pageOptions(input));
    return { Rules: page.map(ruleDescription), NextToken: next };
  };
