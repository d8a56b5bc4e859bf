import { optionalText, text } from "../../../provider/attributes.ts";
import type { DataSourceHandler, ResourceHandler } from "../../../provider/resource-handler.ts";
import { logGroupArn } from "../arns.ts";
import { notFound } from "../errors.ts";
import type { LogStore } from "../log-store.ts";
import type { LogsContext } from "../operations/context.ts";

export function logGroupResource({ store, tags, filters }: LogsContext): ResourceHandler {
  return {
    type: "aws_cloudwatch_log_group",
    identity: ({ name }) => optionalText(name),
    plan(planned) {
      if (typeof planned.name === "string") planned.arn = logGroupArn(planned.name);
    },
    create: ({ name }) => ({ id: name, arn: logGroupArn(text(name)) }),
    // A service may have created the group earlier by writing to it. Its events are kept.
    start(attributes) {
      const name = text(attributes.name);
      store.ensureGroup(name);
      store.setRetention(name, Number(attributes.retention_in_days) || undefined);
      tags.set(name, (attributes.tags_all ?? {}) as Record<string, string>);
    },
    read(attributes) {
      const group = store.group(text(attributes.name));
      return group ? { ...attributes, retention_in_days: group.retentionInDays ?? 0 } : null;
    },
    delete: (attributes) => {
      if (attributes.skip_destroy === true) return;
      filters.deleteGroup(text(attributes.name));
      store.deleteGroup(text(attributes.name));
    },
  };
}

export function logGroupDataSource(store: LogStore): DataSourceHandler {
  return {
    type: "aws_cloudwatch_log_group",
    read({ name }) {
      const group = store.group(text(name));
      if (!group) throw notFound(`log group ${text(name)}`);
      return {
        id: group.name,
        arn: logGroupArn(group.name),
        creation_time: group.creationTime,
        retention_in_days: group.retentionInDays ?? 0,
        log_group_class: "STANDARD",
      };
    },
  };
}
