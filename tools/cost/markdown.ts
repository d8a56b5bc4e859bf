import { type Comparison, dollars, signed } from "./comparison.ts";
import { byStack } from "./month.ts";
import { isOverBudget, type Report } from "./report.ts";

/** A report for a comment on a pull request: the sum first, then what changed, the rest folded. */
export function renderMarkdown(report: Report): string {
  const { environment, month, since } = report;
  const stacks = [...byStack(month)].map(([stack, usd]) => `| ${stack} | ${dollars(usd)} |`);
  const free = month.allowances.map(({ price, usd }) => `| free in every account: ${price} | ${dollars(usd)} |`);
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
    `At list prices, while nobody uses it. \`npm run cost -- ${environment}\` says what each resource is billed for.`,
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
    return `| ${stack} | \`${type}\` | ${before === undefined ? "new" : dollars(before)} | ${after === undefined ? "gone" : dollars(after)} |`;
  });
  return ["", "| stack | resources | before | after |", "| --- | --- | --: | --: |", ...lines];
}
