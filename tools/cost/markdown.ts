import { type Comparison, dollars, signed } from "./comparison.ts";
import { byStack } from "./month.ts";
import { isOverBudget, type Report } from "./report.ts";

/**
 * Renders a report as a comment of a pull request: the total, the changes, and the costs by stack in a collapsed
 * section.
 */
export function renderMarkdown(report: Report): string {
  const { environment, month, since } = report;
  const stacks = [...byStack(month)].map(([stack, usd]) => `| ${stack} | ${dollars(usd)} |`);
  const free = month.allowances.map(({ price, usd }) => `| free tier: ${price} | ${dollars(usd)} |`);
  return [
    title(report),
    ...(isOverBudget(report) ? ["", "> [!WARNING]", `> This is over the budget of ${environment}.`] : []),
    ...(since ? changes(since.comparison) : []),
    "",
    "<details><summary>By stack</summary>",
    "",
    "| stack | a month |",
    "| --- | --: |",
    ...stacks,
    ...free,
    "",
    `List prices of the idle environment. \`npm run cost -- ${environment}\` shows the charges of each resource.`,
    "",
    "</details>",
    "",
  ].join("\n");
}

function title({ environment, budget, month, since }: Report): string {
  const ofBudget = budget === undefined ? "" : ` of a budget of ${dollars(budget)}`;
  if (!since) return `**Cost of ${environment}: ${dollars(month.usd)} a month**${ofBudget}`;
  const { before, after } = since.comparison;
  if (dollars(before) === dollars(after))
    return `**Cost of ${environment}: no change**, ${dollars(after)} a month${ofBudget}`;
  return `**Cost of ${environment}: ${signed(after - before)} a month**, ${dollars(before)} → ${dollars(after)}${ofBudget}`;
}

function changes({ types }: Comparison): string[] {
  if (types.length === 0) return [];
  const lines = types.map(({ name, before, after }) => {
    const [stack = "", type = ""] = name.split(" ");
    return `| ${stack} | \`${type}\` | ${before === undefined ? "new" : dollars(before)} | ${after === undefined ? "removed" : dollars(after)} |`;
  });
  return ["", "| stack | resources | before | after |", "| --- | --- | --: | --: |", ...lines];
}
