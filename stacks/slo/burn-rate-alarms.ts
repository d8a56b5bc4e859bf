import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm/index.js";
import { Construct } from "constructs";
import type { Severity } from "../../lib/alarms/alarm-description.ts";
import { BaseStack } from "../base/base-stack.ts";
import { MINUTE } from "../constructs/alarm-definition.ts";
import { CompositeAlarm } from "../constructs/composite-alarm.ts";
import { alarmName } from "../constructs/describe-alarm.ts";
import { OBJECTIVE_DAYS, type Objective } from "./objective.ts";

/** How fast an error budget is spent: with a rate of 1, it lasts exactly for its days. */
export interface BurnRate {
  /** Construct ID, after that of the objective. */
  readonly id: "Fast" | "Slow";
  readonly rate: number;
  /** Seconds. The long window shows that much of the budget is spent, and the short one that this still goes on. */
  readonly windows: { readonly long: number; readonly short: number };
  readonly severity: Severity;
}

const HOUR = 60 * MINUTE;

/**
 * Two percent of the budget in an hour page somebody, and five percent in six hours are for the next day.
 * https://sre.google/workbook/alerting-on-slos/#6-multiwindow-multi-burn-rate-alerts
 */
export const burnRates: readonly BurnRate[] = [
  { id: "Fast", rate: 14.4, windows: { long: HOUR, short: 5 * MINUTE }, severity: "critical" },
  { id: "Slow", rate: 6, windows: { long: 6 * HOUR, short: 30 * MINUTE }, severity: "warning" },
];

/** Requests in the long window below which no alarm starts: at night, one failure is a large percentage. */
const MINIMUM_REQUESTS = 50;

/** The alarms of an objective, which start when its error budget is spent too fast. */
export class BurnRateAlarms extends Construct {
  /** ARNs of the alarms that notify. */
  readonly arns: readonly string[];

  constructor(scope: Construct, id: string, objective: Objective) {
    super(scope, id);
    const stack = BaseStack.of(this);
    this.arns = burnRates.map((burnRate) => {
      this.#alarm(objective, burnRate);
      return stack.arn("cloudwatch", `alarm:${alarmName(stack, `${objective.id}${burnRate.id}`)}`);
    });
  }

  #alarm(objective: Objective, burnRate: BurnRate): void {
    const { id, rate, windows, severity } = burnRate;
    const long = this.#windowAlarm(objective, burnRate, "long");
    const short = this.#windowAlarm(objective, burnRate, "short");
    const share = Math.round((100 * rate * windows.long) / (OBJECTIVE_DAYS * 24 * HOUR));
    const budget = `${share} % of the error budget of ${OBJECTIVE_DAYS} days in ${hours(windows.long)}`;
    new CompositeAlarm(this, id, {
      meaning: {
        id: `${objective.id}${id}`,
        description: `${objective.id}: spent ${budget}. The objective: ${objective.target} % ${objective.good}`,
        severity,
        runbook: `slo.md#${objective.kind}`,
        suppressedBy: objective.suppressedBy,
      },
      rule: `ALARM("${long.alarmNameInput}") AND ALARM("${short.alarmNameInput}")`,
      // The short window has the failures of the cause for as long.
      extensionPeriod: windows.short + MINUTE,
      dependsOn: [long, short],
    });
  }

  #windowAlarm(
    { id, target, indicator }: Objective,
    burnRate: BurnRate,
    window: "long" | "short",
  ): CloudwatchMetricAlarm {
    const name = `${id}${burnRate.id}${window === "long" ? "Long" : "Short"}`;
    const period = burnRate.windows[window];
    const { badPercentage, metrics } = indicator;
    const expression = `IF(requests >= ${window === "long" ? MINIMUM_REQUESTS : 1}, ${badPercentage}, 0)`;
    return new CloudwatchMetricAlarm(this, `${burnRate.id}-${window}`, {
      alarmName: alarmName(BaseStack.of(this), name),
      alarmDescription: `Bad requests in ${hours(period)}, in percent; one of two windows of an alarm`,
      metricQuery: [
        { id: "bad", expression, label: "Bad requests in %", returnData: true },
        ...Object.entries(metrics).map(([metricId, { namespace, metricName, dimensions, statistic }]) => ({
          id: metricId,
          metric: { namespace, metricName, dimensions: { ...dimensions }, stat: statistic, period },
        })),
      ],
      comparisonOperator: "GreaterThanThreshold",
      threshold: Number((burnRate.rate * (100 - target)).toFixed(6)),
      evaluationPeriods: 1,
      treatMissingData: "notBreaching", // Without requests, nothing is spent.
      actionsEnabled: true,
    });
  }
}

const hours = (seconds: number): string => (seconds >= HOUR ? `${seconds / HOUR} h` : `${seconds / MINUTE} min`);
