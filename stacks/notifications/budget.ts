import { BudgetsBudget } from "@cdktf/provider-aws/lib/budgets-budget/index.js";
import { Construct } from "constructs";
import { BaseStack } from "../base/base-stack.ts";
import type { AlarmTopic } from "./alarm-topic.ts";

export interface BudgetProps {
  /** US dollars per month. */
  readonly monthlyBudget: number;
  readonly topic: AlarmTopic;
}

/** Percentages of the budget that are reported. A forecast needs about five weeks of costs. */
const THRESHOLDS = [
  { notificationType: "ACTUAL", threshold: 80 },
  { notificationType: "ACTUAL", threshold: 100 },
  { notificationType: "FORECASTED", threshold: 100 },
] as const;

/**
 * Reports when the cost of a month approaches the budget of the environment. It counts the whole account: a filter by
 * tags would count nothing until somebody activates them for billing, and an environment has an account of its own.
 */
export class Budget extends Construct {
  constructor(scope: Construct, id: string, { monthlyBudget, topic }: BudgetProps) {
    super(scope, id);
    const stack = BaseStack.of(this);
    new BudgetsBudget(this, "Monthly", {
      name: stack.physicalName("budget", "monthly"),
      budgetType: "COST",
      timeUnit: "MONTHLY",
      limitAmount: String(monthlyBudget),
      limitUnit: "USD",
      notification: THRESHOLDS.map((reported) => ({
        ...reported,
        comparisonOperator: "GREATER_THAN",
        thresholdType: "PERCENTAGE",
        subscriberSnsTopicArns: [topic.arn],
      })),
      dependsOn: [topic.policy], // AWS Budgets checks that it may publish.
    });
  }
}
