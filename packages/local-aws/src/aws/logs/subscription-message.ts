import { gzipSync } from "node:zlib";
import { ACCOUNT_ID } from "../../runtime/account.ts";

/** An event that waits to be sent to the destination of a subscription filter. */
export interface SubscribedEvent {
  readonly logGroup: string;
  readonly logStream: string;
  readonly filterName: string;
  readonly destinationArn: string;
  readonly roleArn?: string | undefined;
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
  readonly message: string;
}

/** Events of one filter and one stream that are sent together. */
export type Batch = [SubscribedEvent, ...SubscribedEvent[]];

/** Characters of the messages of a batch. The event of an asynchronous invocation may have 1 MB. */
const MAX_BATCH_LENGTH = 500_000;

/** The events in batches: those of one filter and one stream, as many as one invocation can carry. */
export function batchesOf(events: readonly SubscribedEvent[]): Batch[] {
  const streams = Map.groupBy(events, ({ logGroup, logStream, filterName, destinationArn }) =>
    [logGroup, logStream, filterName, destinationArn].join("\n"),
  );
  return [...streams.values()].flatMap(split);
}

function split(events: readonly SubscribedEvent[]): Batch[] {
  const batches: Batch[] = [];
  let length = 0;
  for (const event of events) {
    const batch = batches.at(-1);
    length += event.message.length;
    if (batch && length <= MAX_BATCH_LENGTH) {
      batch.push(event);
    } else {
      batches.push([event]);
      length = event.message.length;
    }
  }
  return batches;
}

/**
 * The message with a batch, before it is compressed.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html
 */
export function subscriptionMessage(batch: Batch): object {
  const [{ logGroup, logStream, filterName }] = batch;
  return {
    messageType: "DATA_MESSAGE",
    owner: ACCOUNT_ID,
    logGroup,
    logStream,
    subscriptionFilters: [filterName],
    logEvents: batch.map(({ id, timestamp, message }) => ({ id, timestamp, message })),
  };
}

/** The event of a function that receives a message. */
export function functionEvent(message: object): object {
  return { awslogs: { data: gzipSync(JSON.stringify(message)).toString("base64") } };
}
