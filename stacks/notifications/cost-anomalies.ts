import { CeAnomalyMonitor } from "@cdktf/provider-aws/lib/ce-anomaly-monitor/index.js";
import { CeAnomalySubscription } from "@cdktf/provider-aws/lib/ce-anomaly-subscription/index.js";
import { Construct } from "constructs";
import { BaseStack } from "../base/base-stack.ts";
import type { AlarmTopic } from "./alarm-topic.ts";

export interface CostAnomaliesProps {
  /** US dollars per month. */
  readonly monthlyBudget: number;
  readonly topic: AlarmTopic;
}

/** The share of the monthly budget from which unusual costs are reported. */
const REPORTED_SHARE = 0.1;

/**
 * Reports unusual costs of a service of AWS within a day, long before they exceed the budget. Like the budget, it
 * counts the whole account.
 */
export class CostAnomalies extends Construct {
  constructor(scope: Construct, id: string, { monthlyBudget, topic }: CostAnomaliesProps) {
    super(scope, id);
    const stack = BaseStack.of(this);
    const { costAnomalyMonitorArn } = stack.environment;
    new CeAnomalySubscription(this, "Subscription", {
      name: stack.physicalName("anomalySubscription", "cost-anomalies"),
      frequency: "IMMEDIATE", // The only one for topics.
      monitorArnList: [costAnomalyMonitorArn ?? this.#monitor(stack).arn],
      subscriber: [{ type: "SNS", address: topic.arn }],
      thresholdExpression: {
        dimension: {
          key: "ANOMALY_TOTAL_IMPACT_ABSOLUTE",
          matchOptions: ["GREATER_THAN_OR_EQUAL"],
          values: [String(Math.ceil(monthlyBudget * REPORTED_SHARE))],
        },
      },
      dependsOn: [topic.policy],
    });
  }

  #monitor(stack: BaseStack): CeAnomalyMonitor {
    return new CeAnomalyMonitor(this, "Monitor", {
      name: stack.physicalName("anomalyMonitor", "services"),
      monitorType: "DIMENSIONAL",
      monitorDimension: "SERVICE",
    });
  }
}
