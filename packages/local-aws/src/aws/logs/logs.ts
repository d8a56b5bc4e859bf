import { type Access, jsonService } from "../../gateway/protocol.ts";
import type { AwsService } from "../../gateway/service.ts";
import type { TerraformParts } from "../../provider/resource-handler.ts";
import type { Clock } from "../../runtime/clock.ts";
import type { LogGroupTags } from "./log-group-tags.ts";
import type { LogSink } from "./log-sink.ts";
import { LogStore } from "./log-store.ts";
import { logsOperations } from "./operations/index.ts";
import { logsTerraform } from "./terraform/index.ts";

/** Retention is a number of days, so freeing space once an hour is enough. */
const SWEEP_INTERVAL_MS = 3_600_000;

export interface LogsOptions {
  /** The folder in which events are stored. */
  readonly directory: string;
  readonly access: Access;
  readonly clock: Clock;
}

/** CloudWatch Logs, stored on disk: other services write to it, the AWS CLI and SDKs read and write through the API. */
export class Logs implements LogSink {
  readonly service: AwsService;
  readonly terraform: TerraformParts;
  readonly store: LogStore;
  readonly #clock: Clock;
  readonly #sweeper: NodeJS.Timeout;

  constructor({ directory, access, clock }: LogsOptions) {
    const tags: LogGroupTags = new Map();
    const store = new LogStore(directory, clock);
    this.store = store;
    this.#clock = clock;
    this.service = jsonService(
      {
        signingName: "logs",
        target: "Logs_20140328",
        jsonVersion: "1.1",
        operations: logsOperations({ store, tags }),
      },
      access,
    );
    this.terraform = logsTerraform(store, tags);
    store.sweep();
    this.#sweeper = setInterval(() => store.sweep(), SWEEP_INTERVAL_MS).unref();
  }

  write(group: string, stream: string, messages: readonly string[]): void {
    if (messages.length === 0) return;
    this.store.ensureGroup(group);
    this.store.ensureStream(group, stream);
    const timestamp = this.#clock.now();
    this.store.append(
      group,
      stream,
      messages.map((message) => ({ timestamp, message })),
    );
  }

  /** All messages of a group in chronological order, for callers inside this process. */
  messages(group: string): string[] {
    return this.store
      .streams(group)
      .flatMap(({ name }) => this.store.events(group, name))
      .sort((a, b) => a.timestamp - b.timestamp)
      .map(({ message }) => message);
  }

  close(): void {
    clearInterval(this.#sweeper);
    this.store.close();
  }
}
