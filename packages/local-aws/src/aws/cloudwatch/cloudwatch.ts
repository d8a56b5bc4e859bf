import { type Access, jsonService } from "../../gateway/protocol.ts";
import type { AwsService } from "../../gateway/service.ts";
import type { TerraformParts } from "../../provider/resource-handler.ts";
import type { Clock } from "../../runtime/clock.ts";
import { periodMilliseconds } from "./alarm-period.ts";
import { Alarms, type RunAction } from "./alarms.ts";
import { Dashboards } from "./dashboards.ts";
import type { Dimensions, MetricSink } from "./metric-sink.ts";
import { Metrics } from "./metrics.ts";
import { cloudWatchOperations } from "./operations/index.ts";
import { type SampleResources, Sampler } from "./sampler.ts";
import { cloudWatchTerraform } from "./terraform/index.ts";

export interface CloudWatchOptions {
  readonly access: Access;
  readonly clock: Clock;
  readonly runAction: RunAction;
  /** The resources whose state is published periodically. */
  readonly resources?: SampleResources;
  /**
   * Milliseconds of a minute in periods of alarms of at least two minutes and less than an hour. A shorter one makes
   * alarms that take a quarter of an hour on AWS start and end in half a minute. Default 60,000.
   */
  readonly minute?: number;
  /** Milliseconds between evaluations of all alarms, and between samples of the resources. Default 1,000. */
  readonly interval?: number;
}

const DEFAULT_INTERVAL_MS = 1_000;
const MINUTE_MS = 60_000;

/** CloudWatch: metrics of the last hours, in memory, alarms, and dashboards. */
export class CloudWatch implements MetricSink {
  readonly service: AwsService;
  readonly terraform: TerraformParts;
  readonly metrics: Metrics;
  readonly alarms: Alarms;
  readonly dashboards = new Dashboards();
  readonly #minute: number;
  readonly #timer: NodeJS.Timeout;
  readonly #sampler: Sampler;

  constructor({ access, clock, runAction, resources = () => [], ...options }: CloudWatchOptions) {
    const { minute = MINUTE_MS, interval = DEFAULT_INTERVAL_MS } = options;
    const metrics = new Metrics(clock);
    const alarms = new Alarms({ metrics, clock, runAction, minute });
    this.metrics = metrics;
    this.alarms = alarms;
    this.#minute = minute;
    this.service = jsonService(
      {
        signingName: "monitoring",
        target: "GraniteServiceVersion20100801",
        jsonVersion: "1.0",
        operations: cloudWatchOperations({ alarms, metrics, dashboards: this.dashboards, clock }),
      },
      access,
    );
    this.terraform = cloudWatchTerraform(alarms, this.dashboards, clock);
    this.#timer = setInterval(() => alarms.evaluate(), interval).unref();
    this.#sampler = new Sampler(metrics, resources, interval);
  }

  put(namespace: string, dimensions: Dimensions, values: Readonly<Record<string, number>>): void {
    this.metrics.put(namespace, dimensions, values);
  }

  /** The milliseconds that a period of an alarm, or of a graph with its threshold, takes here. */
  periodMilliseconds(seconds: number): number {
    return periodMilliseconds(seconds, this.#minute);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#sampler.close();
  }
}
