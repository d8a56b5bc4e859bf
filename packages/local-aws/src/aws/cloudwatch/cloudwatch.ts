import { type Access, jsonService } from "../../gateway/protocol.ts";
import type { AwsService } from "../../gateway/service.ts";
import { text } from "../../provider/attributes.ts";
import type { TerraformParts } from "../../provider/resource.ts";
import type { Clock } from "../../runtime/clock.ts";
import { alarmOf } from "./alarm.ts";
import { type Act, Alarms } from "./alarms.ts";
import type { Dimensions, MetricSink } from "./metric-sink.ts";
import { Metrics } from "./metrics.ts";
import { cloudWatchOperations } from "./operations.ts";

export interface CloudWatchOptions {
  readonly access: Access;
  readonly clock: Clock;
  readonly act: Act;
  /** Namespaces of which services of the stand-in put values. */
  readonly counted: readonly string[];
  /** Milliseconds between looks at alarms of which nothing is heard, so that they go off again. */
  readonly interval?: number;
}

const DEFAULT_INTERVAL_MS = 5_000;

/** CloudWatch: metrics of the last hours, in memory, and alarms on them that act as soon as a value makes them. */
export class CloudWatch implements MetricSink {
  readonly service: AwsService;
  readonly terraform: TerraformParts;
  readonly #metrics: Metrics;
  readonly #timer: NodeJS.Timeout;

  constructor({ access, clock, act, counted, interval = DEFAULT_INTERVAL_MS }: CloudWatchOptions) {
    this.#metrics = new Metrics(clock, (namespace, metric) => alarms.evaluate(namespace, metric));
    const alarms = new Alarms({ metrics: this.#metrics, clock, act, counted });
    this.service = jsonService(
      {
        signingName: "monitoring",
        target: "GraniteServiceVersion20100801",
        jsonVersion: "1.0",
        operations: cloudWatchOperations(alarms, this.#metrics, clock),
      },
      access,
    );
    this.terraform = {
      resources: [
        {
          type: "aws_cloudwatch_metric_alarm",
          identifiers: { arn: "cloudwatch:*:alarm:{alarm_name}" },
          identity: ({ alarm_name }) => text(alarm_name),
          start(attributes) {
            const alarm = alarmOf(attributes);
            if (alarm) alarms.put(alarm);
          },
          delete: ({ alarm_name }) => alarms.delete(text(alarm_name)),
        },
      ],
    };
    this.#timer = setInterval(() => alarms.evaluate(), interval).unref();
  }

  put(namespace: string, dimensions: Dimensions, values: Readonly<Record<string, number>>): void {
    this.#metrics.put(namespace, dimensions, values);
  }

  close(): void {
    clearInterval(this.#timer);
  }
}
