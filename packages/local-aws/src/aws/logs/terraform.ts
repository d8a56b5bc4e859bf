import type { Attributes, TerraformParts } from "../../provider/resource.ts";
import { AwsError } from "../../runtime/error.ts";
import type { LogStore } from "./log-store.ts";
import { groupArn } from "./operations.ts";

/** Log groups and streams as Terraform resources. `setTags` keeps the recorded tags for `ListTagsForResource`. */
export function logsTerraform(
  store: LogStore,
  setTags: (group: string, tags: Readonly<Record<string, string>>) => void,
): TerraformParts {
  return {
    resources: [
      {
        type: "aws_cloudwatch_log_group",
        identity: (attributes) => text(attributes.name),
        plan(planned) {
          if (typeof planned.name === "string") planned.arn = groupArn(planned.name);
        },
        create: (planned) => ({ id: planned.name, arn: groupArn(text(planned.name)) }),
        // A group that a service made before, by writing to it, is taken over with what it holds.
        start(attributes) {
          const name = text(attributes.name);
          store.ensureGroup(name);
          store.setRetention(name, Number(attributes.retention_in_days) || undefined);
          setTags(name, (attributes.tags_all ?? {}) as Record<string, string>);
        },
        read(attributes) {
          const group = store.group(text(attributes.name));
          return group ? { ...attributes, retention_in_days: group.retentionInDays ?? 0 } : null;
        },
        delete: (attributes) => {
          if (attributes.skip_destroy !== true) store.deleteGroup(text(attributes.name));
        },
      },
      {
        type: "aws_cloudwatch_log_stream",
        identity: (attributes) => `${attributes.log_group_name}:${attributes.name}`,
        create(planned) {
          const [group, name] = streamOf(planned);
          if (!store.group(group)) throw notFound(group);
          return { id: name, arn: `${groupArn(group)}:log-stream:${name}` };
        },
        start: (attributes) => store.ensureStream(...streamOf(attributes)),
        read: (attributes) => (store.stream(...streamOf(attributes)) ? attributes : null),
        delete: (attributes) => store.deleteStream(...streamOf(attributes)),
      },
    ],
    dataSources: [
      {
        type: "aws_cloudwatch_log_group",
        read({ name }) {
          const group = store.group(text(name));
          if (!group) throw notFound(text(name));
          return {
            id: group.name,
            arn: groupArn(group.name),
            creation_time: group.creationTime,
            retention_in_days: group.retentionInDays ?? 0,
            log_group_class: "STANDARD",
          };
        },
      },
    ],
  };
}

function streamOf(attributes: Attributes): [group: string, stream: string] {
  return [text(attributes.log_group_name), text(attributes.name)];
}

function text(value: unknown): string {
  return String(value ?? "");
}

function notFound(group: string): AwsError {
  return new AwsError("ResourceNotFoundException", `The specified log group does not exist: ${group}`);
}
