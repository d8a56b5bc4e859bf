import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm/index.js";
import { Construct } from "constructs";
import { formatAlarmDescription } from "../../lib/alarms/alarm-description.ts";
import { BaseStack } from "../base/base-stack.ts";
import type { AlarmDefinition } from "./alarm-definition.ts";
import { runbookLink } from "./runbook-link.ts";

export interface AlarmsProps {
  readonly alarmDefinitions: readonly AlarmDefinition[];
  /** ARNs of Lambda functions that are invoked when an alarm starts. */
  readonly functionArns?: readonly string[];
}

/**
 * CloudWatch alarms, which notify the topic of all alarms when they start and when they end. An environment without
 * the part `alarms` has only those that invoke a function, because a program depends on them.
 */
export class Alarms extends Construct {
  readonly definitions: readonly AlarmDefinition[];
  /** Of the alarms that exist in the environment. */
  readonly arns: readonly string[];

  constructor(scope: Construct, id: string, { alarmDefinitions, functionArns = [] }: AlarmsProps) {
    super(scope, id);
    const stack = BaseStack.of(this);
    const exist = functionArns.length > 0 || stack.environment.parts.includes("alarms");
    const alarmName = ({ id: name }: AlarmDefinition) => stack.physicalName("alarm", kebabCase(name));
    this.definitions = alarmDefinitions;
    // From the names, so that a dashboard does not wait for its alarms.
    this.arns = exist ? alarmDefinitions.map((one) => stack.arn("cloudwatch", `alarm:${alarmName(one)}`)) : [];
    for (const definition of exist ? alarmDefinitions : []) {
      new CloudwatchMetricAlarm(this, definition.id, {
        alarmName: alarmName(definition),
        alarmDescription: formatAlarmDescription({
          text: definition.description,
          severity: definition.severity,
          runbook: runbookLink(stack.environment, definition.runbook),
        }),
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
        alarmActions: [stack.alarmTopicArn, ...functionArns],
        okActions: [stack.alarmTopicArn],
      });
    }
  }
}

const kebabCase = (id: string): string =>
  id.replaceAll(/[A-Z]/g, (letter, index) => `${index === 0 ? "" : "-"}${letter.toLowerCase()}`);
