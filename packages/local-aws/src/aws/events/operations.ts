import type { Call, Operation } from "../../gateway/protocol.ts";
import { AwsError } from "../../runtime/error.ts";
import { busEvent } from "./event.ts";
import { parseEventPattern } from "./event-pattern.ts";
import { busArn, busName, DEFAULT_BUS, type Rule, ruleArn } from "./rule.ts";
import type { Rules } from "./rules.ts";
import type { Target } from "./target.ts";

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html: ten entries, 1 MB of them together. */
const MAX_ENTRIES = 10;
const MAX_BYTES = 1_048_576;
const MAX_LISTED = 100;

interface Page {
  readonly NextToken?: string;
  readonly Limit?: number;
}

interface PutEventsEntry {
  readonly Source?: string;
  readonly DetailType?: string;
  readonly Detail?: string;
  readonly Resources?: readonly string[];
  /** Seconds since the epoch. */
  readonly Time?: number;
  readonly EventBusName?: string;
}

/** The actions of EventBridge, by AWS's names. Buses, rules and targets are made and changed by Terraform alone. */
export function eventsOperations(rules: Rules): Readonly<Record<string, Operation>> {
  const named = (action: string, call: Call, name = "", bus = DEFAULT_BUS): Rule => {
    call.authorize(`events:${action}`, ruleArn(name, busName(bus)));
    return rules.get(name, busName(bus));
  };
  const putEntry = (entry: PutEventsEntry) => {
    const { Source, DetailType, Detail = "", Resources = [], Time } = entry;
    const bus = busName(entry.EventBusName ?? DEFAULT_BUS);
    if (!Source || !DetailType || !Detail) {
      return { ErrorCode: "InvalidArgument", ErrorMessage: "Parameters Source, DetailType and Detail are required." };
    }
    const detail = parseDetail(Detail);
    if (detail === undefined) return { ErrorCode: "MalformedDetail", ErrorMessage: "Detail is malformed." };
    if (!rules.hasBus(bus)) return { ErrorCode: "NotFound", ErrorMessage: `Event bus ${bus} does not exist.` };
    const time = Time === undefined ? rules.now() : Time * 1_000;
    const event = busEvent({ source: Source, detailType: DetailType, detail, resources: Resources }, time);
    void rules.dispatch(event, bus);
    return { EventId: event.id };
  };
  return {
    PutEvents({ Entries = [] }: { Entries?: readonly PutEventsEntry[] }, call: Call) {
      for (const bus of new Set(Entries.map(({ EventBusName }) => busName(EventBusName ?? DEFAULT_BUS)))) {
        call.authorize("events:PutEvents", busArn(bus));
      }
      if (Entries.length === 0 || Entries.length > MAX_ENTRIES) {
        throw new AwsError("ValidationException", `Entries must have 1 to ${MAX_ENTRIES} members.`);
      }
      if (Buffer.byteLength(JSON.stringify(Entries)) > MAX_BYTES) {
        throw new AwsError("ValidationException", `Total size of the entries in the request is over the limit.`);
      }
      const results = Entries.map(putEntry);
      return { FailedEntryCount: results.filter((result) => "ErrorCode" in result).length, Entries: results };
    },
    ListEventBuses({ NamePrefix = "", ...page }: Page & { NamePrefix?: string }, call: Call) {
      call.authorize("events:ListEventBuses", busArn("*"));
      const buses = rules.buses().filter((name) => name.startsWith(NamePrefix));
      const { items, NextToken } = paginate(buses, page);
      return { EventBuses: items.map((Name) => ({ Name, Arn: busArn(Name) })), NextToken };
    },
    ListRules(
      { NamePrefix = "", EventBusName, ...page }: Page & { NamePrefix?: string; EventBusName?: string },
      call: Call,
    ) {
      const bus = busName(EventBusName ?? DEFAULT_BUS);
      call.authorize("events:ListRules", ruleArn("*", bus));
      rules.checkBus(bus);
      const { items, NextToken } = paginate(
        rules.of(bus).filter(({ name }) => name.startsWith(NamePrefix)),
        page,
      );
      return { Rules: items.map(describe), NextToken };
    },
    DescribeRule: ({ Name, EventBusName }: { Name: string; EventBusName?: string }, call: Call) =>
      describe(named("DescribeRule", call, Name, EventBusName)),
    ListTargetsByRule(
      { Rule: name, EventBusName, ...page }: Page & { Rule: string; EventBusName?: string },
      call: Call,
    ) {
      const rule = named("ListTargetsByRule", call, name, EventBusName);
      const { items, NextToken } = paginate(rules.targetsOf(rule), page);
      return { Targets: items.map(describeTarget), NextToken };
    },
    ListTagsForResource({ ResourceARN = "" }: { ResourceARN?: string }, call: Call) {
      call.authorize("events:ListTagsForResource", ResourceARN);
      const [name = "", bus] = (ResourceARN.split(":rule/")[1] ?? "").split("/").reverse();
      const { tags } = rules.get(name, bus ?? DEFAULT_BUS);
      return { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
    },
    TestEventPattern({ EventPattern = "", Event = "" }: { EventPattern?: string; Event?: string }, call: Call) {
      call.authorize("events:TestEventPattern", "*");
      return { Result: parseEventPattern(EventPattern)(parseDetail(Event)) };
    },
  };
}

function describe({ name, arn, bus, description, enabled, scheduleExpression, eventPattern }: Rule) {
  return {
    Name: name,
    Arn: arn,
    EventBusName: bus,
    Description: description,
    State: enabled ? "ENABLED" : "DISABLED",
    ScheduleExpression: scheduleExpression,
    EventPattern: eventPattern,
  };
}

function describeTarget({ id, arn, roleArn, input, inputPath, transformer, deadLetterArn }: Target) {
  return {
    Id: id,
    Arn: arn,
    RoleArn: roleArn,
    Input: input,
    InputPath: inputPath,
    InputTransformer: transformer && { InputPathsMap: transformer.paths, InputTemplate: transformer.template },
    DeadLetterConfig: deadLetterArn && { Arn: deadLetterArn },
  };
}

/** A JSON object; undefined for anything else. */
function parseDetail(json: string): object | undefined {
  try {
    const detail: unknown = JSON.parse(json);
    return typeof detail === "object" && detail !== null && !Array.isArray(detail) ? detail : undefined;
  } catch {
    return undefined;
  }
}

/** The token is the number of items before the page. */
function paginate<Item>(items: readonly Item[], { NextToken, Limit = MAX_LISTED }: Page) {
  const start = Number(NextToken ?? 0);
  const end = start + Math.min(Limit, MAX_LISTED);
  return { items: items.slice(start, end), NextToken: end < items.length ? String(end) : undefined };
}
