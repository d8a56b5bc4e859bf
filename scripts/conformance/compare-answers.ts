import { type Difference, differences, type State } from "./answers.ts";
import type { KnownDifference } from "./known-differences.ts";
import type { Verdicts } from "./verdicts.ts";

type Answers = ReadonlyMap<string, State>;

/**
 * Holds the local provider's answers to the real one's.
 *
 * @param whole when all stacks are compared, every known difference must be met.
 */
export function compareAnswers(
  real: Answers,
  local: Answers,
  known: readonly KnownDifference[],
  whole: boolean,
  verdicts: Verdicts,
): void {
  const found = [...real].flatMap(([stack, state]) => differences(state, local.get(stack) ?? new Map()));
  const explains = (entry: KnownDifference, { type, attribute }: Difference) =>
    entry.type === type && entry.attributes.includes(attribute);
  const unexplained = found.filter((difference) => !known.some((entry) => explains(entry, difference)));
  const types = new Set([...real.values()].flatMap((state) => [...state.values()].map(({ type }) => type)));
  const name = `same answers for ${types.size} resource types`;
  if (unexplained.length === 0) verdicts.pass(name);
  else verdicts.fail(name, ["the local provider answers otherwise:", ...new Set(unexplained.map(line))].join("\n"));
  if (!whole) return;
  for (const { type, attributes } of known) {
    const left = attributes.filter(
      (attribute) => !found.some((difference) => difference.type === type && difference.attribute === attribute),
    );
    if (left.length > 0) verdicts.fail(`${type}: ${left.join(", ")}`, "is a known difference, and there is none now");
  }
}

function line({ type, attribute, real, local }: Difference): string {
  return `  ${type}.${attribute}: ${real} of the real one, ${local} of the local one`;
}
