/** The cost of the account has exceeded, or is expected to exceed, a share of its budget. */
export interface BudgetNotice {
  /** The name of the budget. */
  readonly budget: string;
  readonly kind: "actual" | "forecasted";
  /** Amounts as AWS Budgets writes them: `$25.00`. */
  readonly budgeted: string;
  readonly threshold: string;
  readonly amount: string;
}

/**
 * The notice in the text that AWS Budgets publishes, which has a line per value: `Budget Name: nv-demo-dev`.
 *
 * https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-sns-policy.html
 *
 * @returns undefined for another text
 */
export function parseBudgetNotice(text: string): BudgetNotice | undefined {
  const textOf = (name: string): string => new RegExp(`^${name}: *(\\S.*?) *$`, "m").exec(text)?.[1] ?? "";
  const type = textOf("Alert Type");
  const notice = {
    budget: textOf("Budget Name"),
    kind: type === "FORECASTED" ? ("forecasted" as const) : ("actual" as const),
    budgeted: textOf("Budgeted Amount"),
    threshold: textOf("Alert Threshold").replace(/^> */, ""),
    amount: textOf(`${type} Amount`),
  };
  return Object.values(notice).includes("") || !["ACTUAL", "FORECASTED"].includes(type) ? undefined : notice;
}
