import { REGION } from "../../runtime/account.ts";
import type { ReceivedMessage } from "../sqs/consumer.ts";

/** https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html#example-standard-queue-message-event */
export function sqsEvent(messages: readonly ReceivedMessage[], eventSourceArn: string): object {
  return {
    Records: messages.map(({ messageId, receiptHandle, body, md5OfBody, attributes, messageAttributes }) => ({
      messageId,
      receiptHandle,
      body,
      attributes,
      messageAttributes: Object.fromEntries(
        Object.entries(messageAttributes).map(([name, attribute]) => [
          name,
          { ...attribute, stringListValues: [], binaryListValues: [] },
        ]),
      ),
      md5OfBody,
      eventSource: "aws:sqs",
      eventSourceARN: eventSourceArn,
      awsRegion: REGION,
    })),
  };
}

/**
 * The IDs of the messages that the response of a function reports as failed: all of them if the response is invalid or
 * contains an ID that is not in the batch.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting
 *
 * @param payload JSON.
 */
export function failedMessageIds(payload: string, messages: readonly ReceivedMessage[]): ReadonlySet<string> {
  const all = new Set(messages.map(({ messageId }) => messageId));
  const response = JSON.parse(payload) as { batchItemFailures?: unknown } | null;
  const failures = response?.batchItemFailures ?? [];
  if (!Array.isArray(failures)) return all;
  const identifiers = failures.map((item: { itemIdentifier?: unknown } | null) => item?.itemIdentifier);
  return identifiers.every((id) => typeof id === "string" && all.has(id)) ? new Set(identifiers as string[]) : all;
}
