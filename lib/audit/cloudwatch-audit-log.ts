import type {
  CreateLogStreamCommandInput,
  CreateLogStreamCommandOutput,
  PutLogEventsCommandInput,
  PutLogEventsCommandOutput,
} from "@aws-sdk/client-cloudwatch-logs";
import type { AwsAccess } from "../aws/access.ts";
import { hasCode } from "../aws/aws-error.ts";
import { cloudWatchLogs, JsonClient } from "../aws/json-client.ts";
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

interface LogsActions {
  readonly CreateLogStream: {
    readonly input: CreateLogStreamCommandInput;
    readonly output: CreateLogStreamCommandOutput;
  };
  readonly PutLogEvents: { readonly input: PutLogEventsCommandInput; readonly output: PutLogEventsCommandOutput };
}

/** The actions of CloudWatch Logs that write entries. */
export type LogWriter = Pick<JsonClient<LogsActions>, "call">;

/** Milliseconds for a call with its retries. Nobody waits for the entries. */
const TIMEOUT = 20_000;

export const openLogWriter = (access: AwsAccess): LogWriter =>
  new JsonClient<LogsActions>(cloudWatchLogs, access, { timeout: TIMEOUT });

/** Writes to the log group of the audit log. */
export class CloudWatchAuditLog implements AuditLog {
  readonly #client: LogWriter;
  readonly #group: string;
  readonly #stream: string;
  readonly #clock: Clock;

  constructor(client: LogWriter, group: string, stream: string, clock: Clock) {
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
    const put = () => this.#client.call("PutLogEvents", { ...target, logEvents });
    try {
      await put();
    } catch (error) {
      if (!hasCode(error, "ResourceNotFoundException")) throw error;
      await this.#createStream(target);
      await put();
    }
  }

  async #createStream(target: { logGroupName: string; logStreamName: string }): Promise<void> {
    try {
      await this.#client.call("CreateLogStream", target);
    } catch (error) {
      if (!hasCode(error, "ResourceAlreadyExistsException")) throw error; // Another one created it meanwhile.
    }
  }
}
