import type { SynthesizedStacks } from "../synth/synthesized-stacks.ts";
import type { Charge } from "./charges.ts";
import type { Comparison } from "./comparison.ts";
import { type Item, type Month, monthOf } from "./month.ts";
import { prices } from "./prices.ts";
import { billedByUse } from "./usage.ts";
import type { Workload } from "./workload.ts";

/** The cost of an environment. */
export interface Report {
  readonly environment: string;
  /** US dollars per month; undefined for the local environment. */
  readonly budget: number | undefined;
  readonly month: Month;
  /** The use that the month includes; undefined for an idle month. */
  readonly workload?: Workload;
  /** What resource types of the stacks are billed for by usage. */
  readonly byUse: Readonly<Record<string, string>>;
  /** The comparison with an earlier commit. */
  readonly since?: { readonly ref: string; readonly comparison: Comparison };
  /** US dollars per month that each part would add that the environment does not include. */
  readonly leftOut?: Readonly<Record<string, number>>;
}

export function isOverBudget({ budget, month }: Report): boolean {
  return budget !== undefined && month.usd > budget;
}

/** A line of a report: resources of one stack and type with the same charge. */
export interface Line {
  readonly stack: string;
  readonly type: string;
  readonly count: number;
  /** Such as `730 h db.t4g.micro`. */
  readonly what: string;
  readonly usd: number;
}

export function report(
  environment: string,
  budget: number | undefined,
  stacks: SynthesizedStacks,
  more: Pick<Report, "since" | "leftOut" | "workload"> = {},
): Report {
  const types = new Set(stacks.resources.map(({ type }) => type));
  const byUse = Object.entries(billedByUse).filter(([type]) => types.has(type));
  return {
    environment,
    budget,
    month: monthOf(stacks, more.workload),
    byUse: Object.fromEntries(byUse.map(([type, [what]]) => [type, what])),
    ...more,
  };
}

/** The lines for the items of a month. */
export function linesOf(items: readonly Item[]): Line[] {
  const lines = new Map<string, Line>();
  for (const { stack, address, charges } of items) {
    const [type = ""] = address.split(".");
    for (const charge of charges) {
      const what = describe(charge);
      const key = [stack, type, what].join(" ");
      const { count = 0, usd = 0 } = lines.get(key) ?? {};
      lines.set(key, { stack, type, what, count: count + 1, usd: usd + charge.quantity * prices[charge.price].usd });
    }
  }
  return [...lines.values()];
}

const UNITS = {
  hour: "h",
  month: "",
  "GB-month": "GB",
  "vCPU-hour": "h",
  "GB-hour": "GB h",
  run: "",
  "metric-month": "",
  request: "",
  trace: "",
  "GB-second": "GB s",
  GB: "GB",
};

/** Renders a charge, such as `730 h db.t4g.micro`. */
export function describe({ price, quantity }: Charge): string {
  const amount = quantity.toLocaleString("en-US", { maximumFractionDigits: 1 });
  return [amount, UNITS[prices[price].per], price].filter(Boolean).join(" ");
}
