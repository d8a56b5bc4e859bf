import { type Access, jsonService } from "../../gateway/protocol.ts";
import type { AwsService } from "../../gateway/service.ts";
import type { TerraformParts } from "../../provider/resource.ts";
import type { Clock } from "../../runtime/clock.ts";
import type { LogSink } from "./log-sink.ts";
import { LogStore } from "./log-store.ts";
import { logsOperations } from "./operations.ts";
import { logsTerraform } from "./terraform.ts";

/** Retention is counted in days, so space is freed soon enough once an hour. */
const SWEEP_INTERVAL_MS = 3_600_000;

export interface LogsOptions {
  /** Where events are kept. */
  readonly directory: string;
  readonly access: Access;
  readonly clock: Clock;
}

/** CloudWatch Logs: written by the stand-in's services, read and written by the AWS CLI and SDKs, kept on disk. */
export class Logs implements LogSink {
  readonly service: AwsService;
  readonly terraform: TerraformParts;
  readonly #store: LogStore;
  readonly #clock: Clock;
  readonly #sweeper: NodeJS.Timeout;

  constructor({ directory, access, clock }: LogsOptions) {
    const tags = new Map<string, Readonly<Record<string, string>>>();
    this.#store = new LogStore(directory, clock);
    this.#clock = clock;
    this.service = jsonService(
      {
        signingName: "logs",
        target: "Logs_20140328",
        jsonVersion: "1.1",
        operations: logsOperations(this.#store, (group) => tags.get(group) ?? {}),
      },
      access,
    );
    this.terraform = logsTerraform(this.#store, (group, value) => tags.set(group, value));
    this.#store.sweep();
    this.#sweeper = setInterval(() => this.#store.sweep(), SWEEP_INTERVAL_MS).unref();
  }

  write(group: string, stream: string, messages: readonly string[]): void {
    if (messages.length === 0) return;
    this.#store.ensureGroup(group);
    this.#store.ensureStream(group, stream);
    const timestamp = this.#clock.now();
    this.#store.append(
      group,
      stream,
      messages.map((message) => ({ timestamp, message })),
    );
  }

  /** All messages of a group, in order of time: for what reads logs from inside. */
  messages(group: string): string[] {
    return this.#store
      .streams(group)
      .flatMap(({ name }) => this.#store.events(group, name))
      .sort((a, b) => a.timestamp - b.timestamp)
      .map(({ message }) => message);
  }

  close(): void {
    clearInterval(this.#sweeper);
    this.#store.close();
  }
}
