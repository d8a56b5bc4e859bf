import { columns, table } from "../command-line/table.ts";
import { type Change, dollars, signed } from "./comparison.ts";
import { byStack, type Month, sum } from "./month.ts";
import { prices } from "./prices.ts";
import { describe, isOverBudget, linesOf, type Report } from "./report.ts";

/** A report for a terminal. */
export function renderText(report: Report): string {
  const { month, since, leftOut } = report;
  return [
    headline(report),
    table(["stack", "resources", "billed for", "a month"], rows(month), ["left", "left", "left", "right"]),
    `Billed by use, which is nothing or cents while nobody uses it:\n${columns(Object.entries(report.byUse).map(indented))}`,
    ...(since ? [renderSince(since.ref, since.comparison.types)] : []),
    ...(leftOut ? [renderLeftOut(leftOut)] : []),
    footnote(month),
  ].join("\n\n");
}

function headline(report: Report): string {
  const { environment, budget, month } = report;
  const cost = `${environment}: ${dollars(month.usd)} a month while nobody uses it`;
  if (budget === undefined) return `${cost}, were it on AWS`;
  return `${cost}, ${isOverBudget(report) ? "OVER the" : "of a"} budget of ${dollars(budget)}`;
}

function rows({ items, allowances, usd }: Month): string[][] {
  const lines = linesOf(items);
  const stacks = [...byStack({ items })].flatMap(([stack, cost]) => [
    [stack, "", "", dollars(cost)],
    ...lines
      .filter((line) => line.stack === stack)
      .map(({ type, count, what, usd: part }) => ["", count > 1 ? `${count} × ${type}` : type, what, dollars(part)]),
  ]);
  const free = allowances.map((allowance) => ["", "", describe(allowance), dollars(allowance.usd)]);
  if (free.length > 0) free.unshift(["free", "in every account", "", dollars(sum(allowances))]);
  return [...stacks, ...free, ["all", "", "", dollars(usd)]];
}

function renderSince(ref: string, changed: readonly Change[]): string {
  if (changed.length === 0) return `No change since ${ref}.`;
  const lines = changed.map(({ name, before, after }) => [
    `  ${name}`,
    before === undefined ? "new" : dollars(before),
    after === undefined ? "gone" : dollars(after),
    signed((after ?? 0) - (before ?? 0)),
  ]);
  return `Since ${ref}:\n${columns(lines, ["left", "right", "right", "right"])}`;
}

function renderLeftOut(leftOut: Readonly<Record<string, number>>): string {
  const lines = Object.entries(leftOut).map(([part, usd]) => [`  ${part}`, signed(usd)]);
  return `Parts that are left out, and what each alone would add a month:\n${columns(lines, ["left", "right"])}`;
}

function footnote({ items }: Month): string {
  const dates = items.flatMap(({ charges }) => charges.map(({ price }) => prices[price].date)).toSorted();
  const when = dates[0] === dates.at(-1) ? dates[0] : `${dates[0]} to ${dates.at(-1)}`;
  return `List prices of us-east-1, on demand, before tax, of ${when}; tools/cost/prices.ts has each with its source.`;
}

const indented = ([first, second]: readonly [string, string]): string[] => [`  ${first}`, second];
