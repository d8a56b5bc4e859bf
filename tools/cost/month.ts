import type { Resource, SynthesizedStacks } from "../synth/synthesized-stacks.ts";
import { type Charge, chargesOf } from "./charges.ts";
import { type PriceName, prices } from "./prices.ts";
import { chargesForUse, type Workload } from "./workload.ts";

/** A resource and its cost. */
export interface Item {
  readonly stack: string;
  /** `type.name`. */
  readonly address: string;
  readonly charges: readonly Charge[];
  /** US dollars per month. */
  readonly usd: number;
}

/** A quantity that is free in every account. */
export interface Allowance {
  readonly price: PriceName;
  readonly quantity: number;
  /** US dollars per month; negative. */
  readonly usd: number;
}

/** The monthly cost of an environment at list prices. */
export interface Month {
  readonly items: readonly Item[];
  readonly allowances: readonly Allowance[];
  readonly usd: number;
}

/**
 * @param workload the use of the environment; without one, it is idle.
 * @throws UnknownPriceError
 */
export function monthOf(stacks: SynthesizedStacks, workload?: Workload): Month {
  const items = stacks.resources
    .map((resource) => item(resource, stacks, workload))
    .filter(({ charges }) => charges.length > 0);
  const allowances = allowancesOn(items.flatMap(({ charges }) => charges));
  return { items, allowances, usd: sum([...items, ...allowances]) };
}

/** US dollars per month by stack, without the stacks that cost nothing. */
export function byStack({ items }: Pick<Month, "items">): ReadonlyMap<string, number> {
  const stacks = [...new Set(items.map(({ stack }) => stack))];
  return new Map(stacks.map((stack) => [stack, sum(items.filter((one) => one.stack === stack))]));
}

export const sum = (costs: readonly { readonly usd: number }[]): number =>
  costs.reduce((total, { usd }) => total + usd, 0);

function item(resource: Resource, stacks: SynthesizedStacks, workload: Workload | undefined): Item {
  const charges = [...chargesOf(resource, stacks), ...(workload ? chargesForUse(resource, workload) : [])];
  const usd = charges.reduce((total, { price, quantity }) => total + prices[price].usd * quantity, 0);
  return { stack: resource.stack, address: `${resource.type}.${resource.name}`, charges, usd };
}

function allowancesOn(charges: readonly Charge[]): Allowance[] {
  return [...new Set(charges.map(({ price }) => price))]
    .map((price) => {
      const used = charges.filter((charge) => charge.price === price).reduce((total, one) => total + one.quantity, 0);
      const quantity = Math.min(used, prices[price].free);
      return { price, quantity, usd: -quantity * prices[price].usd };
    })
    .filter(({ quantity }) => quantity > 0);
}
