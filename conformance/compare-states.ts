import type { KnownDifference } from "./known-differences.ts";
import type { Results } from "./results.ts";
import { type Difference, differences, type State } from "./states.ts";

/** What is compared. */
export interface Scope {
  /** Whether all stacks are compared, so that every known difference must occur. */
  readonly complete: boolean;
  /** The minimum number of resource types. */
  readonly minimumTypes: number;
}

type States = ReadonlyMap<string, State>;

/** Compares the states of the local provider with those of the real one. */
export function compareStates(
  real: States,
  local: States,
  known: readonly KnownDifference[],
  scope: Scope,
  results: Results,
): void {
  const found = [...real].flatMap(([stack, state]) => differences(state, local.get(stack) ?? new Map()));
  const covers = (entry: KnownDifference, { type, attribute }: Difference) =>
    entry.type === type && entry.attributes.includes(attribute);
  const unexpected = found.filter((difference) => !known.some((entry) => covers(entry, difference)));
  const types = new Set([...real].flatMap(([stack, state]) => commonTypes(state, local.get(stack))));
  const name = `same state for ${types.size} resource types`;
  if (unexpected.length === 0) results.pass(name);
  else results.fail(name, ["the local provider differs:", ...new Set(unexpected.map(line))].join("\n"));
  if (types.size < scope.minimumTypes) results.fail(name, `at least ${scope.minimumTypes} were expected`);
  if (!scope.complete) return;
  for (const { type, attributes } of known) {
    const missing = attributes.filter(
      (attribute) => !found.some((difference) => difference.type === type && difference.attribute === attribute),
    );
    if (missing.length > 0) results.fail(`${type}: ${missing.join(", ")}`, "is a known difference that does not occur");
  }
}

function commonTypes(real: State, local: State = new Map()): string[] {
  return [...real].flatMap(([address, { type }]) => (local.has(address) ? type : []));
}

function line({ type, attribute, real, local }: Difference): string {
  return `  ${type}.${attribute}: real ${real}, local ${local}`;
}
