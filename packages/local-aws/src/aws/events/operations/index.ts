import type { Operation } from "../../../gateway/protocol.ts";
import type { EventsContext } from "./context.ts";
import { describeRule } from "./describe-rule.ts";
import { listEventBuses } from "./list-event-buses.ts";
import { listRules } from "./list-rules.ts";
import { listTagsForResource } from "./list-tags-for-resource.ts";
import { listTargetsByRule } from "./list-targets-by-rule.ts";
import { putEvents } from "./put-events.ts";
import { testEventPattern } from "./test-event-pattern.ts";

/** Terraform alone creates and changes buses, rules and targets. */
export function eventsOperations(context: EventsContext): Readonly<Record<string, Operation>> {
  return {
    DescribeRule: describeRule(context),
    ListEventBuses: listEventBuses(context),
    ListRules: listRules(context),
    ListTagsForResource: listTagsForResource(context),
    ListTargetsByRule: listTargetsByRule(context),
    PutEvents: putEvents(context),
    TestEventPattern: testEventPattern,
  };
}
