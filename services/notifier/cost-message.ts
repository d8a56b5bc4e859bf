import type { BudgetNotice } from "./budget-notice.ts";
import type { CostAnomaly } from "./cost-anomaly.ts";
import { FIELD, HEADER, link, markdown, plain, SECTION, type SlackMessage } from "./slack-text.ts";

const BUDGETS = "https://console.aws.amazon.com/billing/home#/budgets";
const ANOMALIES = "https://console.aws.amazon.com/cost-management/home#/anomaly-detection/overview";

/** The message about the cost of the account in this month. */
export function budgetMessage({ budget, kind, budgeted, threshold, amount }: BudgetNotice): SlackMessage {
  const cost = kind === "actual" ? `The cost of this month is ${amount}` : `The cost of this month will be ${amount}`;
  const what = `${cost}, above ${threshold} of a budget of ${budgeted}.`;
  return costMessage(`💰 Budget: ${budget}`, what, link(BUDGETS, "Budgets", FIELD));
}

/** The message about an unusual cost. */
export function anomalyMessage(anomaly: CostAnomaly): SlackMessage {
  const { monitor, service, since, actual, expected, causes, details } = anomaly;
  const [day] = since.split("T");
  const what = `Since ${day}, ${service} has cost ${dollars(actual)} in place of ${dollars(expected)}.`;
  const because = causes.length === 0 ? "" : ` The largest parts: ${causes.join("; ")}.`;
  const linked = link(details ?? ANOMALIES, "Details", FIELD) || link(ANOMALIES, "Cost anomalies", FIELD);
  return costMessage(`💸 Unusual cost: ${monitor}`, what + because, linked);
}

function costMessage(title: string, what: string, linked: string): SlackMessage {
  return {
    text: `${markdown(title, HEADER * 5)}: ${markdown(what, SECTION)}`,
    blocks: [
      { type: "header", text: { type: "plain_text", text: plain(title, HEADER) } },
      { type: "section", text: { type: "mrkdwn", text: markdown(what, SECTION) } },
      { type: "section", text: { type: "mrkdwn", text: linked } },
    ],
  };
}

const dollars = (amount: number): string => `$${amount.toFixed(2)}`;
