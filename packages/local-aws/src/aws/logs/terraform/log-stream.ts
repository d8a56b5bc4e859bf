import { text } from "../../../provider/attributes.ts";
import type { Attributes, ResourceHandler } from "../../../provider/resource-handler.ts";
import { logStreamArn } from "../arns.ts";
import { notFound } from "../errors.ts";
import type { LogStore } from "../log-store.ts";

export function logStreamResource(store: LogStore): ResourceHandler {
  return {
    type: "aws_cloudwatch_log_stream",
    identity: (attributes) => namesOf(attributes).join(":"),
    create(planned) {
      const [group, name] = namesOf(planned);
      if (!store.group(group)) throw notFound(`log group ${group}`);
      return { id: name, arn: logStreamArn(group, name) };
    },
    start: (attributes) => store.ensureStream(...namesOf(attributes)),
    read: (attributes) => (store.stream(...namesOf(attributes)) ? attributes : null),
    delete: (attributes) => store.deleteStream(...namesOf(attributes)),
  };
}

function namesOf(attributes: Attributes): [group: string, stream: string] {
  return [text(attributes.log_group_name), text(attributes.name)];
}
