import { gzipSync } from "node:zlib";

/** The part of Firehose that receives log events. */
export interface RecordReceiver {
  /** @throws AwsError when the stream does not exist, or the role may not put records. */
  putRecord(streamArn: string, roleArn: string, data: Uint8Array): void;
}

/** The delivery streams that receive log events. */
export class SubscribedStreams {
  readonly #firehose: () => RecordReceiver;

  constructor(firehose: () => RecordReceiver) {
    this.#firehose = firehose;
  }

  /** Sends a message, compressed. @throws AwsError when the stream does not accept it. */
  put(streamArn: string, roleArn: string, message: object): void {
    this.#firehose().putRecord(streamArn, roleArn, gzipSync(JSON.stringify(message)));
  }

  /**
   * Sends the message with which CloudWatch Logs checks a new destination.
   *
   * @returns whether the stream accepted it.
   */
  accepts(streamArn: string, roleArn: string, timestamp: number): boolean {
    const message = "CWL CONTROL MESSAGE: Checking health of destination Firehose.";
    try {
      this.put(streamArn, roleArn, {
        messageType: "CONTROL_MESSAGE",
        owner: "CloudwatchLogs",
        logGroup: "",
        logStream: "",
        subscriptionFilters: [],
        logEvents: [{ id: "", timestamp, message }],
      });
      return true;
    } catch {
      return false;
    }
  }
}
