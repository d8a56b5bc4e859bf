import { byStack, type Item, type Month } from "./month.ts";

/** A cost before and after, in US dollars per month; undefined if there was or is none. */
export interface Change {
  readonly name: string;
  readonly before: number | undefined;
  readonly after: number | undefined;
}

export interface Comparison {
  readonly before: number;
  readonly after: number;
  readonly stacks: readonly Change[];
  /** By stack and type, such as `vpc aws_nat_gateway`, so that a renamed resource is no change. */
  readonly types: readonly Change[];
}

/** The stacks and resource types whose cost changed. */
export function compare(before: Month, after: Month): Comparison {
  return {
    before: before.usd,
    after: after.usd,
    stacks: changes(byStack(before), byStack(after)),
    types: changes(byType(before.items), byType(after.items)),
  };
}

/** An amount with its sign: `+$1.20` or `−$1.20`. */
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
