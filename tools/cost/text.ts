import { columns, table } from "../command-line/table.ts";
import { type Change, dollars, signed } from "./comparison.ts";
import { byStack, type Month, sum } from "./month.ts";
import { prices } from "./prices.ts";
import { describe, isOverBudget, linesOf, type Report } from "./report.ts";
import { assumptions, mix, type Workload } from "./workload.ts";

/** Renders a report for the terminal. */
export function renderText(report: Report): string {
  const { month, since, leftOut } = report;
  return [
    headline(report),
    table(["stack", "resources", "billed for", "a month"], rows(month), ["left", "left", "left", "right"]),
    ...(report.workload ? [renderAssumptions()] : []),
    `Billed by usage, which costs nothing or cents for an idle environment:\n${columns(Object.entries(report.byUse).map(indented))}`,
    ...(since ? [renderSince(since.ref, since.comparison.types)] : []),
    ...(leftOut ? [renderLeftOut(leftOut)] : []),
    footnote(month),
  ].join("\n\n");
}

function headline(report: Report): string {
  const { environment, budget, month, workload } = report;
  const cost = `${environment}: ${dollars(month.usd)} a month ${workload ? describeWorkload(workload) : "when idle"}`;
  if (budget === undefined) return `${cost} if it were on AWS`;
  return `${cost}, ${isOverBudget(report) ? "OVER the" : "within the"} budget of ${dollars(budget)}`;
}

const describeWorkload = ({ requests, gigabytes }: Workload): string =>
  `with ${count(requests)} requests to Files and ${count(gigabytes)} GB, stored and downloaded once`;

const count = (value: number): string => value.toLocaleString("en-US");

function renderAssumptions(): string {
  const percent = (share: number): string => `${Math.round(share * 100)} %`;
  const lines = [
    ["  requests", `${percent(mix.list)} lists, ${percent(mix.download)} downloads, ${percent(mix.upload)} uploads`],
    ["  authorizer", `${percent(assumptions.authorized)} of the requests; the others have its kept answer`],
    [
      "  api",
      `${assumptions.listMilliseconds} ms a list, ${assumptions.downloadMilliseconds} ms a download, ` +
        `${assumptions.uploadMilliseconds} ms an upload, as locally and not measured on AWS`,
    ],
    ["  log", `${count(assumptions.logBytes)} bytes a request`],
  ];
  return `Assumptions, which are data in tools/cost/workload.ts:\n${columns(lines)}`;
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
  if (free.length > 0) free.unshift(["free tier", "", "", dollars(sum(allowances))]);
  return [...stacks, ...free, ["total", "", "", dollars(usd)]];
}

function renderSince(ref: string, changed: readonly Change[]): string {
  if (changed.length === 0) return `No change since ${ref}.`;
  const lines = changed.map(({ name, before, after }) => [
    `  ${name}`,
    before === undefined ? "new" : dollars(before),
    after === undefined ? "removed" : dollars(after),
    signed((after ?? 0) - (before ?? 0)),
  ]);
  return `Since ${ref}:\n${columns(lines, ["left", "right", "right", "right"])}`;
}

function renderLeftOut(leftOut: Readonly<Record<string, number>>): string {
  const lines = Object.entries(leftOut).map(([part, usd]) => [`  ${part}`, signed(usd)]);
  return `Monthly cost that each omitted part would add:\n${columns(lines, ["left", "right"])}`;
}

function footnote({ items }: Month): string {
  const dates = items.flatMap(({ charges }) => charges.map(({ price }) => prices[price].date)).toSorted();
  const when = dates[0] === dates.at(-1) ? dates[0] : `${dates[0]} to ${dates.at(-1)}`;
  return `List prices of us-east-1, on demand, before tax, as of ${when}; see tools/cost/prices.ts for the sources.`;
}

const indented = ([first, second]: readonly [string, string]): string[] => [`  ${first}`, second];
