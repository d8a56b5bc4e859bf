/** A message attribute: `String`, `Number` (or `String.custom`, …) with its text, `Binary` with its bytes in base64. */
export interface MessageAttribute {
  readonly dataType: string;
  readonly stringValue?: string;
  readonly binaryValue?: string;
}

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

/** A message as a poller gets it, with the attributes that an SQS event record carries. */
export interface ReceivedMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly md5OfBody: string;
  /** `ApproximateReceiveCount`, `SentTimestamp`, `SenderId`, `ApproximateFirstReceiveTimestamp`, … */
  readonly attributes: Readonly<Record<string, string>>;
  readonly messageAttributes: MessageAttributes;
}

/** What a poller (Lambda's event source mapping) needs of SQS. A message that is not deleted comes back after the visibility timeout. */
export interface QueueConsumer {
  /** Resolves with 1 to `maximum` messages as soon as there are some, or with none after `waitSeconds` or when the signal aborts. */
  receive(
    queueArn: string,
    options: { readonly maximum: number; readonly waitSeconds: number; readonly signal: AbortSignal },
  ): Promise<readonly ReceivedMessage[]>;
  delete(queueArn: string, receiptHandle: string): void;
}
