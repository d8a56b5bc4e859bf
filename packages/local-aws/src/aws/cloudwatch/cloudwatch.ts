import { type Access, jsonService } from "../../gateway/protocol.ts";
import type { AwsService } from "../../gateway/service.ts";
import type { TerraformParts } from "../../provider/resource-handler.ts";
import type { Clock } from "../../runtime/clock.ts";
import { Alarms, type RunAction } from "./alarms.ts";
import type { Dimensions, MetricSink } from "./metric-sink.ts";
import { Metrics } from "./metrics.ts";
import { cloudWatchOperations } from "./operations/index.ts";
import { cloudWatchTerraform } from "./terraform/index.ts";

export interface CloudWatchOptions {
  readonly access: Access;
  readonly clock: Clock;
  readonly runAction: RunAction;
  /** Namespaces in which services of the local AWS publish metrics. */
  readonly namespaces: readonly string[];
  /** Milliseconds between evaluations of all alarms, which detect missing data. Default 5,000. */
  readonly interval?: number;
}

const DEFAULT_INTERVAL_MS = 5_000;

/** CloudWatch: metrics of the last hours, in memory, and alarms, which are evaluated with each new value. */
export class CloudWatch implements MetricSink {
  readonly service: AwsService;
  readonly terraform: TerraformParts;
  readonly #metrics: Metrics;
  readonly #timer: NodeJS.Timeout;

  constructor({ access, clock, runAction, namespaces, interval = DEFAULT_INTERVAL_MS }: CloudWatchOptions) {
    const metrics = new Metrics(clock, (namespace, metric) => alarms.evaluate(namespace, metric));
    const alarms = new Alarms({ metrics, clock, runAction, namespaces });
    this.#metrics = metrics;
    this.service = jsonService(
      {
        signingName: "monitoring",
        target: "GraniteServiceVersion20100801",
        jsonVersion: "1.0",
        operations: cloudWatchOperations({ alarms, metrics, clock }),
      },
      access,
    );
    this.terraform = cloudWatchTerraform(alarms);
    this.#timer = setInterval(() => alarms.evaluate(), interval).unref();
  }

  put(namespace: string, dimensions: Dimensions, values: Readonly<Record<string, number>>): void {
    this.#metrics.put(namespace, dimensions, values);
  }

  close(): void {
    clearInterval(this.#timer);
  }
}
