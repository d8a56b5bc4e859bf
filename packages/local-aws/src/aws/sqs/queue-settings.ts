import type { Attributes } from "../../provider/resource-handler.ts";

/** The dead-letter queue, and after how many receives without a delete a message moves to it. */
export interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number;
}

/** The configuration of a queue, from its `aws_sqs_queue`. */
export interface QueueSettings {
  readonly visibilityTimeoutSeconds: number;
  readonly delaySeconds: number;
  readonly retentionSeconds: number;
  readonly receiveWaitSeconds: number;
  readonly maximumMessageBytes: number;
  readonly kmsMasterKeyId: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

export function toQueueSettings(attributes: Attributes): QueueSettings {
  return {
    visibilityTimeoutSeconds: Number(attributes.visibility_timeout_seconds ?? 30),
    delaySeconds: Number(attributes.delay_seconds ?? 0),
    retentionSeconds: Number(attributes.message_retention_seconds ?? 345_600),
    receiveWaitSeconds: Number(attributes.receive_wait_time_seconds ?? 0),
    maximumMessageBytes: Number(attributes.max_message_size ?? 262_144),
    kmsMasterKeyId: (attributes.kms_master_key_id as string | null) ?? undefined,
    tags: (attributes.tags_all ?? {}) as Record<string, string>,
  };
}

/** Undefined for a queue without a dead-letter queue. Terraform writes the count as a number or a string. */
export function parseRedrivePolicy(json: string): RedrivePolicy | undefined {
  if (json === "") return undefined;
  const { deadLetterTargetArn, maxReceiveCount } = JSON.parse(json) as Record<string, unknown>;
  if (typeof deadLetterTargetArn !== "string") return undefined;
  return { deadLetterTargetArn, maxReceiveCount: Number(maxReceiveCount) };
}
