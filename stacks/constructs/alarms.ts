import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm/index.js";
import { Construct } from "constructs";
import { BaseStack } from "../base/base-stack.ts";
import type { AlarmDefinition } from "./alarm-definition.ts";

export interface AlarmsProps {
  readonly alarmDefinitions: readonly AlarmDefinition[];
  /** Notified when an alarm starts and when it ends. */
  readonly topicArn: string;
  /** ARNs of Lambda functions that are invoked when an alarm starts. */
  readonly functionArns?: readonly string[];
}

/**
 * CloudWatch alarms. An environment without the part `alarms` has only those that invoke a function, because a program
 * depends on them.
 */
export class Alarms extends Construct {
  constructor(scope: Construct, id: string, { alarmDefinitions, topicArn, functionArns = [] }: AlarmsProps) {
    super(scope, id);
    const stack = BaseStack.of(this);
    if (functionArns.length === 0 && !stack.environment.parts.includes("alarms")) return;
    for (const definition of alarmDefinitions) {
      new CloudwatchMetricAlarm(this, definition.id, {
        alarmName: stack.physicalName("alarm", kebabCase(definition.id)),
        alarmDescription: definition.description,
        namespace: definition.namespace,
        metricName: definition.metricName,
        dimensions: definition.dimensions,
        ...(definition.statistic === "p99" ? { extendedStatistic: "p99" } : { statistic: definition.statistic }),
        comparisonOperator: definition.comparison === "above" ? "GreaterThanThreshold" : "LessThanThreshold",
        threshold: definition.threshold,
        period: definition.period,
        evaluationPeriods: definition.evaluationPeriods,
        treatMissingData: definition.treatMissingData,
        actionsEnabled: true,
        alarmActions: [topicArn, ...functionArns],
        okActions: [topicArn],
      });
    }
  }
}

const kebabCase = (id: string): string =>
  id.replaceAll(/[A-Z]/g, (letter, index) => `${index === 0 ? "" : "-"}${letter.toLowerCase()}`);
