import type { SynthesizedStacks } from "../synth/synthesized-stacks.ts";
import type { Charge } from "./charges.ts";
import type { Comparison } from "./comparison.ts";
import { type Item, type Month, monthOf } from "./month.ts";
import { prices } from "./prices.ts";
import { billedByUse } from "./usage.ts";

/** What is told of an environment's cost. */
export interface Report {
  readonly environment: string;
  /** US dollars a month; undefined where nobody sends a bill. */
  readonly budget: number | undefined;
  readonly month: Month;
  /** Type → of what it is billed by use; of the types that the stacks have. */
  readonly byUse: Readonly<Record<string, string>>;
  /** The commit with which it is compared. */
  readonly since?: { readonly ref: string; readonly comparison: Comparison };
  /** A part that the environment leaves out → what it would add, US dollars a month. */
  readonly leftOut?: Readonly<Record<string, number>>;
}

export function isOverBudget({ budget, month }: Report): boolean {
  return budget !== undefined && month.usd > budget;
}

/** A line of a report: resources of one stack that are billed alike. */
export interface Line {
  readonly stack: string;
  readonly type: string;
  readonly count: number;
  /** As in `730 h db.t4g.micro`. */
  readonly what: string;
  readonly usd: number;
}

export function report(
  environment: string,
  budget: number | undefined,
  stacks: SynthesizedStacks,
  more: Pick<Report, "since" | "leftOut"> = {},
): Report {
  const types = new Set(stacks.resources.map(({ type }) => type));
  const byUse = Object.entries(billedByUse).filter(([type]) => types.has(type));
  return {
    environment,
    budget,
    month: monthOf(stacks),
    byUse: Object.fromEntries(byUse.map(([type, [what]]) => [type, what])),
    ...more,
  };
}

/** The items of a month, those of one stack and type that are billed alike as one line. */
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
};

/** As in `730 h db.t4g.micro`. */
export function describe({ price, quantity }: Charge): string {
  const amount = Number.isInteger(quantity) ? String(quantity) : quantity.toFixed(1);
  return [amount, UNITS[prices[price].per], price].filter(Boolean).join(" ");
}
