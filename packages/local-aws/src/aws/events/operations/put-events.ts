import type { Call } from "../../../gateway/protocol.ts";
import { AwsError } from "../../../runtime/error.ts";
import { busEvent } from "../event.ts";
import { parseObject } from "../parse-object.ts";
import { busArn, busName, DEFAULT_BUS } from "../rule.ts";
import type { Rules } from "../rules.ts";
import type { EventsContext } from "./context.ts";

/**
 * Limits of the entries and of their total size.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
 */
const MAX_ENTRIES = 10;
const MAX_BYTES = 1_048_576;

interface Entry {
  readonly Source?: string;
  readonly DetailType?: string;
  readonly Detail?: string;
  readonly Resources?: readonly string[];
  /** Seconds since the epoch. */
  readonly Time?: number;
  readonly EventBusName?: string;
}

export const putEvents =
  ({ rules }: EventsContext) =>
  ({ Entries = [] }: { readonly Entries?: readonly Entry[] }, call: Call): object => {
    for (const bus of new Set(Entries.map(({ EventBusName }) => busName(EventBusName ?? DEFAULT_BUS)))) {
      call.authorize("events:PutEvents", busArn(bus));
    }
    if (Entries.length === 0 || Entries.length > MAX_ENTRIES) {
      throw new AwsError("ValidationException", `Entries must have 1 to ${MAX_ENTRIES} members.`);
    }
    if (Buffer.byteLength(JSON.stringify(Entries)) > MAX_BYTES) {
      throw new AwsError("ValidationException", "Total size of the entries in the request is over the limit.");
    }
    const results = Entries.map((entry) => putEntry(rules, entry));
    return { FailedEntryCount: results.filter((result) => "ErrorCode" in result).length, Entries: results };
  };

function putEntry(rules: Rules, entry: Entry): object {
  const { Source, DetailType, Detail = "", Resources = [], Time } = entry;
  const bus = busName(entry.EventBusName ?? DEFAULT_BUS);
  if (!Source || !DetailType || !Detail) {
    return { ErrorCode: "InvalidArgument", ErrorMessage: "Parameters Source, DetailType and Detail are required." };
  }
  const detail = parseObject(Detail);
  if (detail === undefined) return { ErrorCode: "MalformedDetail", ErrorMessage: "Detail is malformed." };
  if (!rules.hasBus(bus)) return { ErrorCode: "NotFound", ErrorMessage: `Event bus ${bus} does not exist.` };
  const time = Time === undefined ? rules.now() : Time * 1_000;
  const event = busEvent({ source: Source, detailType: DetailType, detail, resources: Resources }, time);
  void rules.dispatch(event, bus);
  return { EventId: event.id };
}
