/** A message of AWS Budgets. */
export const budgetText = ({
  type = "ACTUAL",
  amount = "$21.37",
} = {}): string => `AWS Budget Notification November 28, 2026
AWS Account 123456789012

Dear AWS Customer,

You requested that we alert you when the ${type} Cost associated with your nv-demo-dev-monthly budget is greater than \
$20.00 for the current month. You can find additional details below and by accessing the AWS Budgets dashboard [1].

Budget Name: nv-demo-dev-monthly
Budget Type: Cost
Budgeted Amount: $25.00
Alert Type: ${type}
Alert Threshold: > $20.00
${type} Amount: ${amount}

[1] https://console.aws.amazon.com/billing/home#/budgets
`;
