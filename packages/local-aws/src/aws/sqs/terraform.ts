import type { Attributes, ResourceHandler, TerraformParts } from "../../provider/resource.ts";
import { AwsError } from "../../runtime/error.ts";
import { givenOrUniqueName } from "../../runtime/unique-name.ts";
import type { MessageQueue } from "./message-queue.ts";
import { type Queues, queueArn } from "./queues.ts";
import { settingsOf } from "./settings.ts";

type PolicyField = "policy" | "redrivePolicy" | "redriveAllowPolicy";

/** Queues and their policies as Terraform resources. */
export function sqsTerraform(queues: Queues): TerraformParts {
  return {
    resources: [
      queueHandler(queues),
      policyHandler(queues, "aws_sqs_queue_policy", "policy", "policy"),
      policyHandler(queues, "aws_sqs_queue_redrive_policy", "redrive_policy", "redrivePolicy"),
      policyHandler(queues, "aws_sqs_queue_redrive_allow_policy", "redrive_allow_policy", "redriveAllowPolicy"),
    ],
    dataSources: [
      {
        type: "aws_sqs_queue",
        read({ name }) {
          const queue = queues.get(text(name));
          const url = queues.urlOf(queue.name);
          return { id: url, url, arn: queue.arn, tags: queue.settings.tags };
        },
      },
    ],
  };
}

function queueHandler(queues: Queues): ResourceHandler {
  return {
    type: "aws_sqs_queue",
    identity: ({ name }) => (typeof name === "string" ? name : undefined),
    plan(planned) {
      if (typeof planned.name === "string") planned.arn = queueArn(planned.name);
    },
    create(planned) {
      if (planned.fifo_queue === true) {
        throw new AwsError(
          "UnsupportedOperation",
          "The local stand-in does not support FIFO queues (fifo_queue = true).",
        );
      }
      const name = givenOrUniqueName(planned.name, planned.name_prefix);
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
      const queue = queues.open(text(attributes.name), settingsOf(attributes));
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

/** The policies that a queue may also have from a resource of their own. */
function policyHandler(queues: Queues, type: string, argument: string, field: PolicyField): ResourceHandler {
  const queueOf = ({ queue_url: url }: Attributes): MessageQueue | undefined =>
    queues.find(text(url).split("/").at(-1) ?? "");
  return {
    type,
    create: ({ queue_url: url }) => ({ id: queues.urlOf(queues.byUrl(text(url)).name) }),
    start(attributes) {
      const queue = queueOf(attributes);
      if (queue) queue[field] = text(attributes[argument]);
    },
    read(attributes) {
      const queue = queueOf(attributes);
      return queue?.[field] ? { ...attributes, [argument]: queue[field] } : null;
    },
    delete(attributes) {
      const queue = queueOf(attributes);
      if (queue) queue[field] = "";
    },
  };
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
