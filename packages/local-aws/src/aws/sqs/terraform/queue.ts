import { text } from "../../../provider/attributes.ts";
import type { DataSourceHandler, ResourceHandler } from "../../../provider/resource-handler.ts";
import { unsupported } from "../../../runtime/error.ts";
import { configuredOrUniqueName } from "../../../runtime/unique-name.ts";
import { toQueueSettings } from "../queue-settings.ts";
import { type Queues, queueArn } from "../queues.ts";

export function queueResource(queues: Queues): ResourceHandler {
  return {
    type: "aws_sqs_queue",
    identity: ({ name }) => (typeof name === "string" ? name : undefined),
    plan(planned) {
      if (typeof planned.name === "string") planned.arn = queueArn(planned.name);
    },
    create(planned) {
      if (planned.fifo_queue === true) {
        throw unsupported("FIFO queues (fifo_queue = true)", { advice: "Use a standard queue." });
      }
      const name = configuredOrUniqueName(planned.name, planned.name_prefix);
      return {
        name,
        id: queues.urlOf(name),
        url: queues.urlOf(name),
        arn: queueArn(name),
        sqs_managed_sse_enabled: planned.kms_master_key_id === null,
        kms_data_key_reuse_period_seconds: 300,
      };
    },
    start(attributes) {
      const queue = queues.open(text(attributes.name), toQueueSettings(attributes));
      queue.policy = text(attributes.policy) || queue.policy;
      queue.redrivePolicy = text(attributes.redrive_policy) || queue.redrivePolicy;
      queue.redriveAllowPolicy = text(attributes.redrive_allow_policy) || queue.redriveAllowPolicy;
    },
    read(attributes) {
      const queue = queues.find(text(attributes.name));
      if (!queue) return null;
      const url = queues.urlOf(queue.name);
      return {
        ...attributes,
        id: url,
        url,
        policy: queue.policy,
        redrive_policy: queue.redrivePolicy,
        redrive_allow_policy: queue.redriveAllowPolicy,
      };
    },
    delete: ({ name }) => queues.delete(text(name)),
  };
}

export function queueDataSource(queues: Queues): DataSourceHandler {
  return {
    type: "aws_sqs_queue",
    read({ name }) {
      const queue = queues.get(text(name));
      const url = queues.urlOf(queue.name);
      return { id: url, url, arn: queue.arn, tags: queue.settings.tags };
    },
  };
}
