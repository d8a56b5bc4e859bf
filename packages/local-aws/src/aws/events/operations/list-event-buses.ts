import { paginate } from "../../../gateway/paginate.ts";
import type { Call } from "../../../gateway/protocol.ts";
import { type PageInput, pageOptions } from "../page-input.ts";
import { busArn } from "../rule.ts";
import type { EventsContext } from "./context.ts";

interface Input extends PageInput {
  readonly NamePrefix?: string;
}

export const listEventBuses =
  ({ rules }: EventsContext) =>
  ({ NamePrefix = "", ...input }: Input, call: Call): object => {
    call.authorize("events:ListEventBuses", busArn("*"));
    const buses = rules.buses().filter((name) => name.startsWith(NamePrefix));
    const { page, next } = paginate(buses, pageOptions(input));
    return { EventBuses: page.map((Name) => ({ Name, Arn: busArn(Name) })), NextToken: next };
  };
