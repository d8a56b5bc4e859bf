import type { SQSEvent } from "aws-lambda";

export interface S3EventOptions {
  readonly name?: string;
  readonly bucket?: string;
  readonly sequencer?: string | undefined;
  readonly time?: string;
}

/** The body of an S3 event notification about one key, for tests. */
export const s3Event = (key: string, options: S3EventOptions = {}) => ({
  eventVersion: "2.1",
  eventSource: "aws:s3",
  awsRegion: "us-east-1",
  eventTime: options.time ?? "2026-01-02T03:04:05.678Z",
  eventName: options.name ?? "ObjectCreated:Put",
  s3: {
    bucket: { name: options.bucket ?? "nv-demo-storage" },
    object: {
      key: encodeURIComponent(key).replaceAll("%20", "+"),
      ...("sequencer" in options ? { sequencer: options.sequencer } : { sequencer: "0055AED6DCD90281E5" }),
    },
  },
});

/** An event of messages with the IDs `0`, `1` … */
export const sqsEvent = (...bodies: readonly unknown[]): SQSEvent => ({
  Records: bodies.map((body, index) => ({
    messageId: String(index),
    body: typeof body === "string" ? body : JSON.stringify(body),
    receiptHandle: "",
    attributes: {
      ApproximateReceiveCount: "1",
      SentTimestamp: "0",
      SenderId: "",
      ApproximateFirstReceiveTimestamp: "0",
    },
    messageAttributes: {},
    md5OfBody: "",
    eventSource: "aws:sqs",
    eventSourceARN: "",
    awsRegion: "us-east-1",
  })),
});
