import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm/index.js";
import { Construct } from "constructs";
import { BaseStack } from "../base/base-stack.ts";
import type { AlarmDefinition } from "./alarm-definition.ts";
import { CompositeAlarm } from "./composite-alarm.ts";
import { alarmName, describeAlarm } from "./describe-alarm.ts";

export interface AlarmsProps {
  readonly alarmDefinitions: readonly AlarmDefinition[];
  /** ARNs of Lambda functions that are invoked when an alarm starts. */
  readonly functionArns?: readonly string[];
}

/**
 * CloudWatch alarms, which notify the topic of all alarms when they start and when they end. An environment without
 * the part `alarms` has only the essential ones and those that invoke a function, because a program depends on them.
 *
 * Nobody is notified of an alarm while the alarm on its cause is active. Only composite alarms can be suppressed, so
 * such an alarm consists of two: the alarm on the metric, without actions, and a composite alarm with the name.
 */
export class Alarms extends Construct {
  readonly definitions: readonly AlarmDefinition[];
  /** Of the alarms that exist in the environment. */
  readonly arns: readonly string[];

  constructor(scope: Construct, id: string, { alarmDefinitions, functionArns = [] }: AlarmsProps) {
    super(scope, id);
    const stack = BaseStack.of(this);
    const hasAll = functionArns.length > 0 || stack.environment.parts.includes("alarms");
    const existing = alarmDefinitions.filter(({ isEssential }) => hasAll || isEssential);
    this.definitions = alarmDefinitions;
    // From the names, so that a dashboard does not wait for its alarms.
    this.arns = existing.map((definition) => stack.arn("cloudwatch", `alarm:${alarmName(stack, definition.id)}`));

    const actions = { alarmActions: [stack.alarmTopicArn, ...functionArns], okActions: [stack.alarmTopicArn] };
    const isSuppressed = ({ suppressedBy }: AlarmDefinition) => hasAll && suppressedBy !== undefined;
    const direct = existing
      .filter((definition) => !isSuppressed(definition))
      .map((definition) => this.#metricAlarm(definition, { ...describeAlarm(stack, definition), ...actions }));
    for (const definition of existing.filter(isSuppressed)) {
      const { alarmName: name, alarmDescription } = describeAlarm(stack, definition);
      const metricAlarm = this.#metricAlarm(definition, { alarmName: `${name}-metric`, alarmDescription });
      const causes = direct.filter(({ alarmNameInput }) => alarmNameInput === definition.suppressedBy);
      new CompositeAlarm(this, `${definition.id}-unless-suppressed`, {
        meaning: definition,
        rule: `ALARM("${name}-metric")`,
        dependsOn: [metricAlarm, ...causes],
      });
    }
  }

  #metricAlarm(definition: AlarmDefinition, attributes: MetricAlarmAttributes): CloudwatchMetricAlarm {
    return new CloudwatchMetricAlarm(this, definition.id, {
      ...attributes,
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
    });
  }
}

interface MetricAlarmAttributes {
  readonly alarmName: string;
  readonly alarmDescription: string;
  readonly alarmActions?: string[];
  readonly okActions?: string[];
}
