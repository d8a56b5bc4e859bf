/** A message attribute: `String` or `Number` (or `String.custom`, …) with a text value, `Binary` with base64 bytes. */
export interface MessageAttribute {
  readonly dataType: string;
  readonly stringValue?: string;
  readonly binaryValue?: string;
}

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

/** A received message, with the system attributes that an SQS event record contains. */
export interface ReceivedMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly md5OfBody: string;
  /** `ApproximateReceiveCount`, `SentTimestamp`, `SenderId`, `ApproximateFirstReceiveTimestamp`, … */
  readonly attributes: Readonly<Record<string, string>>;
  readonly messageAttributes: MessageAttributes;
}

/**
 * The part of SQS that a poller (a Lambda event source mapping) uses. A message that is not deleted becomes visible
 * again after the visibility timeout.
 */
export interface QueueConsumer {
  /**
   * Resolves with 1 to `maximum` messages as soon as some are visible, or with none after `waitSeconds` or when the
   * signal aborts.
   */
  receive(
    queueArn: string,
    options: { readonly maximum: number; readonly waitSeconds: number; readonly signal: AbortSignal },
  ): Promise<readonly ReceivedMessage[]>;
  delete(queueArn: string, receiptHandle: string): void;
}
