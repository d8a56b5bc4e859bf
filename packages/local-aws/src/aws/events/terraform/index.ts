import type { TerraformParts } from "../../../provider/resource-handler.ts";
import type { Rules } from "../rules.ts";
import { eventBusDataSource, eventBusResource } from "./event-bus.ts";
import { eventRuleResource } from "./event-rule.ts";
import { eventTargetResource } from "./event-target.ts";

export function eventsTerraform(rules: Rules): TerraformParts {
  return {
    resources: [eventBusResource(rules), eventRuleResource(rules), eventTargetResource(rules)],
    dataSources: [eventBusDataSource(rules)],
  };
}
