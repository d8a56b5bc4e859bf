import { join } from "node:path";
import { type Access, jsonService } from "../../gateway/protocol.ts";
import type { AwsService } from "../../gateway/service.ts";
import type { TerraformParts } from "../../provider/resource-handler.ts";
import type { Clock } from "../../runtime/clock.ts";
import type { FunctionPermissions, LambdaInvoker } from "../lambda/invoker.ts";
import type { LogGroupTags } from "./log-group-tags.ts";
import type { LogSink } from "./log-sink.ts";
import { LogStore } from "./log-store.ts";
import { logsOperations } from "./operations/index.ts";
import { SubscribedFunctions } from "./subscribed-functions.ts";
import { type RecordReceiver, SubscribedStreams } from "./subscribed-streams.ts";
import { SubscriptionFilters } from "./subscription-filters.ts";
import { Subscriptions } from "./subscriptions.ts";
import { logsTerraform } from "./terraform/index.ts";

/** Retention is a number of days, so freeing space once an hour is enough. */
const SWEEP_INTERVAL_MS = 3_600_000;

export interface LogsOptions {
  /** The folder in which events are stored. */
  readonly directory: string;
  readonly access: Access;
  readonly clock: Clock;
  /** Returns the service that runs the functions of subscription filters. */
  readonly lambda: () => LambdaInvoker & FunctionPermissions;
  /** Returns the service of the delivery streams of subscription filters. */
  readonly firehose: () => RecordReceiver;
}

/** CloudWatch Logs, stored on disk: other services write to it, the AWS CLI and SDKs read and write through the API. */
export class Logs implements LogSink {
  readonly service: AwsService;
  readonly terraform: TerraformParts;
  readonly store: LogStore;
  readonly #clock: Clock;
  readonly #filters: SubscriptionFilters;
  readonly #subscriptions: Subscriptions;
  readonly #sweeper: NodeJS.Timeout;

  constructor({ directory, access, clock, lambda, firehose }: LogsOptions) {
    const tags: LogGroupTags = new Map();
    const store = new LogStore(directory, clock);
    const filters = new SubscriptionFilters(join(directory, "subscription-filters.journal"), clock);
    const functions = new SubscribedFunctions(lambda);
    const streams = new SubscribedStreams(firehose);
    const path = join(directory, "subscribed.journal");
    const subscriptions = new Subscriptions({ path, filters, functions, streams });
    const context = { store, tags, filters, functions, streams, clock };
    this.store = store;
    this.#clock = clock;
    this.#filters = filters;
    this.#subscriptions = subscriptions;
    this.service = jsonService(
      {
        signingName: "logs",
        target: "Logs_20140328",
        jsonVersion: "1.1",
        operations: logsOperations(context),
      },
      access,
    );
    this.terraform = logsTerraform(context);
    store.follow((group, stream, events) => subscriptions.accept(group, stream, events));
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

  /** Starts to send events to the destinations of subscription filters, which must be ready. */
  resume(): void {
    this.#subscriptions.resume();
  }

  /** Sends pending events to the destinations, before they close. Later ones are sent after the next start. */
  suspend(): Promise<void> {
    return this.#subscriptions.suspend();
  }

  close(): void {
    clearInterval(this.#sweeper);
    this.#subscriptions.close();
    this.#filters.close();
    this.store.close();
  }
}
