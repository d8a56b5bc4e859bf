import { crc32 } from "node:zlib";
import { optionalText, text } from "../../../provider/attributes.ts";
import type { Attributes, ResourceHandler } from "../../../provider/resource-handler.ts";
import { checkSubscriptionFilter } from "../check-subscription-filter.ts";
import type { LogsContext } from "../operations/context.ts";
import type { SubscriptionFilter, SubscriptionFilterDefinition } from "../subscription-filters.ts";

export function logSubscriptionFilterResource(context: LogsContext): ResourceHandler {
  const check = (attributes: Attributes) => checkSubscriptionFilter(context, definitionOf(attributes));
  const find = ({ log_group_name, name }: Attributes) => context.filters.find(text(log_group_name), text(name));
  return {
    type: "aws_cloudwatch_log_subscription_filter",
    identity: ({ log_group_name, name }) => `${text(log_group_name)}|${text(name)}`,
    create(planned) {
      check(planned);
      return { id: idOf(text(planned.log_group_name)), role_arn: text(planned.role_arn) };
    },
    update(planned) {
      check(planned);
      return {};
    },
    start: (attributes) => context.filters.put(definitionOf(attributes)),
    read(attributes) {
      const filter = find(attributes);
      return filter ? attributesOf(filter) : null;
    },
    delete: ({ log_group_name, name }) => void context.filters.delete(text(log_group_name), text(name)),
    import(id) {
      const [log_group_name, name] = id.split("|");
      const filter = find({ log_group_name, name });
      return filter ? attributesOf(filter) : null;
    },
  };
}

function definitionOf(attributes: Attributes): SubscriptionFilterDefinition {
  return {
    logGroupName: text(attributes.log_group_name),
    filterName: text(attributes.name),
    filterPattern: text(attributes.filter_pattern),
    destinationArn: text(attributes.destination_arn),
    roleArn: optionalText(attributes.role_arn),
    distribution: attributes.distribution === "Random" ? "Random" : "ByLogStream",
  };
}

function attributesOf(filter: SubscriptionFilter): Attributes {
  return {
    id: idOf(filter.logGroupName),
    log_group_name: filter.logGroupName,
    name: filter.filterName,
    filter_pattern: filter.filterPattern,
    destination_arn: filter.destinationArn,
    distribution: filter.distribution,
    role_arn: filter.roleArn ?? "",
  };
}

/** As hashicorp/aws: a checksum of the log group's name, so the filters of a group have the same ID. */
function idOf(logGroupName: string): string {
  return `cwlsf-${crc32(`${logGroupName}-`)}`;
}
