import {
  type CloudWatchLogsClient,
  CreateLogStreamCommand,
  PutLogEventsCommand,
  ResourceAlreadyExistsException,
  ResourceNotFoundException,
} from "@aws-sdk/client-cloudwatch-logs";
import type { Clock } from "../time/clock.ts";
import type { AuditEvent, AuditLog } from "./audit-log.ts";

interface Entry {
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
  readonly message: string;
}

/**
 * Events in one call. The limits are 10,000 events and 1 MiB, in which an event has at most about 3 KB:
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
 */
const MAX_BATCH = 300;

/** Writes to the log group of the audit log. */
export class CloudWatchAuditLog implements AuditLog {
  readonly #client: Pick<CloudWatchLogsClient, "send">;
  readonly #group: string;
  readonly #stream: string;
  readonly #clock: Clock;

  constructor(client: Pick<CloudWatchLogsClient, "send">, group: string, stream: string, clock: Clock) {
    this.#client = client;
    this.#group = group;
    this.#stream = stream;
    this.#clock = clock;
  }

  async record(event: AuditEvent): Promise<void> {
    await this.write([{ timestamp: this.#clock.now(), message: JSON.stringify(event) }]);
  }

  /** Writes entries in the order of their time; creates the log stream at the first call. */
  async write(entries: readonly Entry[]): Promise<void> {
    for (let index = 0; index < entries.length; index += MAX_BATCH) {
      await this.#put(entries.slice(index, index + MAX_BATCH));
    }
  }

  async #put(logEvents: Entry[]): Promise<void> {
    const target = { logGroupName: this.#group, logStreamName: this.#stream };
    const put = () => this.#client.send(new PutLogEventsCommand({ ...target, logEvents }));
    try {
      await put();
    } catch (error) {
      if (!(error instanceof ResourceNotFoundException)) throw error;
      await this.#createStream(target);
      await put();
    }
  }

  async #createStream(target: { logGroupName: string; logStreamName: string }): Promise<void> {
    try {
      await this.#client.send(new CreateLogStreamCommand(target));
    } catch (error) {
      if (!(error instanceof ResourceAlreadyExistsException)) throw error; // Another one created it meanwhile.
    }
  }
}
