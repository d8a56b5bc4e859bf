import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm/index.js";
import { Construct } from "constructs";
import { BaseStack } from "../base/base-stack.ts";
import type { Watch } from "../monitoring/metrics.ts";

export interface AlarmsProps {
  readonly watches: readonly Watch[];
  readonly topicArn: string;
  /** Functions that hear when an alarm begins. */
  readonly alsoCalls?: readonly string[];
}

/**
 * One alarm for each watch; the topic hears when it begins and when it is over. In an environment without alarms there are those alone that
 * call a function.
 */
export class Alarms extends Construct {
  constructor(scope: Construct, id: string, { watches, topicArn, alsoCalls = [] }: AlarmsProps) {
    super(scope, id);
    const stack = BaseStack.of(this);
    if (alsoCalls.length === 0 && !stack.environment.parts.includes("alarms")) return;
    for (const watch of watches) {
      new CloudwatchMetricAlarm(this, watch.id, {
        alarmName: stack.physicalName("alarm", kebabCase(watch.id)),
        alarmDescription: watch.description,
        namespace: watch.namespace,
        metricName: watch.metric,
        dimensions: watch.dimensions,
        ...(watch.statistic === "p99" ? { extendedStatistic: "p99" } : { statistic: watch.statistic }),
        comparisonOperator: watch.alarm === "above" ? "GreaterThanThreshold" : "LessThanThreshold",
        threshold: watch.threshold,
        period: watch.period,
        evaluationPeriods: watch.periods,
        treatMissingData: watch.missing,
        actionsEnabled: true,
        alarmActions: [topicArn, ...alsoCalls],
        okActions: [topicArn],
      });
    }
  }
}

const kebabCase = (id: string): string =>
  id.replaceAll(/[A-Z]/g, (letter, index) => `${index === 0 ? "" : "-"}${letter.toLowerCase()}`);
