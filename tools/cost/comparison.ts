import { byStack, type Item, type Month } from "./month.ts";

/** A price before and after, US dollars a month; undefined where there was or is none. */
export interface Change {
  readonly name: string;
  readonly before: number | undefined;
  readonly after: number | undefined;
}

export interface Comparison {
  readonly before: number;
  readonly after: number;
  readonly stacks: readonly Change[];
  /** By stack and type, as in `vpc aws_nat_gateway`: a resource that got another name costs what it did. */
  readonly types: readonly Change[];
}

/** What costs another amount than it did. */
export function compare(before: Month, after: Month): Comparison {
  return {
    before: before.usd,
    after: after.usd,
    stacks: changes(byStack(before), byStack(after)),
    types: changes(byType(before.items), byType(after.items)),
  };
}

/** With a sign, as in `+$1.20` and `−$1.20`. */
export function signed(usd: number): string {
  return `${usd < 0 ? "−" : "+"}${dollars(Math.abs(usd))}`;
}

export const dollars = (usd: number): string => `${usd < 0 ? "−" : ""}$${Math.abs(usd).toFixed(2)}`;

function byType(items: readonly Item[]): ReadonlyMap<string, number> {
  const costs = new Map<string, number>();
  for (const { stack, address, usd } of items) {
    const name = `${stack} ${address.split(".")[0]}`;
    costs.set(name, (costs.get(name) ?? 0) + usd);
  }
  return costs;
}

function changes(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): Change[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((name) => ({ name, before: before.get(name), after: after.get(name) }))
    .filter((change) => dollars(change.before ?? 0) !== dollars(change.after ?? 0));
}
