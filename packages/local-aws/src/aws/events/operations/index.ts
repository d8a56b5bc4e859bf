import type { Operation } from "../../../gateway/protocol.ts";
import type { Rules } from "../rules.ts";
import { describeRule } from "./describe-rule.ts";
import { listEventBuses } from "./list-event-buses.ts";
import { listRules } from "./list-rules.ts";
import { listTagsForResource } from "./list-tags-for-resource.ts";
import { listTargetsByRule } from "./list-targets-by-rule.ts";
import { putEvents } from "./put-events.ts";
import { testEventPattern } from "./test-event-pattern.ts";

/** Terraform alone creates and changes buses, rules and targets. */
export function eventsOperations(rules: Rules): Readonly<Record<string, Operation>> {
  return {
    DescribeRule: describeRule(rules),
    ListEventBuses: listEventBuses(rules),
    ListRules: listRules(rules),
    ListTagsForResource: listTagsForResource(rules),
    ListTargetsByRule: listTargetsByRule(rules),
    PutEvents: putEvents(rules),
    TestEventPattern: testEventPattern,
  };
}
