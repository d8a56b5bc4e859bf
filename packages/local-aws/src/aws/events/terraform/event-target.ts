import type { ResourceHandler } from "../../../provider/resource-handler.ts";
import { configuredOrUniqueName } from "../../../runtime/unique-name.ts";
import { DEFAULT_BUS } from "../rule.ts";
import type { Rules } from "../rules.ts";
import { parseTarget } from "../target.ts";

export function eventTargetResource(rules: Rules): ResourceHandler {
  return {
    type: "aws_cloudwatch_event_target",
    create(planned) {
      const id = configuredOrUniqueName(planned.target_id, undefined);
      const { rule, bus } = parseTarget(planned);
      rules.get(rule, bus);
      return { target_id: id, id: [...(bus === DEFAULT_BUS ? [] : [bus]), rule, id].join("-") };
    },
    start: (attributes) => rules.putTarget(parseTarget(attributes)),
    read: (attributes) => (rules.findTarget(parseTarget(attributes)) ? {} : null),
    delete: (attributes) => rules.deleteTarget(parseTarget(attributes)),
  };
}
