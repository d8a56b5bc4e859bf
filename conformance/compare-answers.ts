import { type Difference, differences, type State } from "./answers.ts";
import type { KnownDifference } from "./known-differences.ts";
import type { Verdicts } from "./verdicts.ts";

/** What is compared. */
export interface Scope {
  /** All stacks: then every known difference must be met. */
  readonly whole: boolean;
  /** How many resource types there must be, at the least. */
  readonly types: number;
}

type Answers = ReadonlyMap<string, State>;

/** Holds the local provider's answers to the real one's. */
export function compareAnswers(
  real: Answers,
  local: Answers,
  known: readonly KnownDifference[],
  scope: Scope,
  verdicts: Verdicts,
): void {
  const found = [...real].flatMap(([stack, state]) => differences(state, local.get(stack) ?? new Map()));
  const explains = (entry: KnownDifference, { type, attribute }: Difference) =>
    entry.type === type && entry.attributes.includes(attribute);
  const unexplained = found.filter((difference) => !known.some((entry) => explains(entry, difference)));
  const types = new Set([...real].flatMap(([stack, state]) => typesInBoth(state, local.get(stack))));
  const name = `same answers for ${types.size} resource types`;
  if (unexplained.length === 0) verdicts.pass(name);
  else verdicts.fail(name, ["the local provider answers otherwise:", ...new Set(unexplained.map(line))].join("\n"));
  if (types.size < scope.types) verdicts.fail(name, `there must be ${scope.types}`);
  if (!scope.whole) return;
  for (const { type, attributes } of known) {
    const left = attributes.filter(
      (attribute) => !found.some((difference) => difference.type === type && difference.attribute === attribute),
    );
    if (left.length > 0) verdicts.fail(`${type}: ${left.join(", ")}`, "is a known difference, and there is none now");
  }
}

function typesInBoth(real: State, local: State = new Map()): string[] {
  return [...real].flatMap(([address, { type }]) => (local.has(address) ? type : []));
}

function line({ type, attribute, real, local }: Difference): string {
  return `  ${type}.${attribute}: ${real} of the real one, ${local} of the local one`;
}
