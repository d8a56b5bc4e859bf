import { type Alignment, align } from "./align.ts";
import { isSame, keyOf, type Value } from "./value.ts";

/** What identifies a block, or a statement of a policy, among its siblings. */
export const IDENTIFYING_NAMES: readonly string[] = ["id", "name", "key", "Sid", "Id"];
/** Two blocks are versions of one when at least this part of their arguments is equal. */
const SIMILAR = 0.5;

/**
 * Matches the elements of a list or a set, which a plan does not distinguish: equal elements in order, then those that
 * are versions of each other.
 */
export function matchElements(before: readonly Value[], after: readonly Value[]): Alignment[] {
  const matched: Alignment[] = [];
  let gap: Alignment[] = [];
  const close = () => {
    matched.push(...pairVersions(gap, before, after));
    gap = [];
  };
  for (const alignment of align(before.map(keyOf), after.map(keyOf))) {
    if (alignment.includes(undefined)) gap.push(alignment);
    else {
      close();
      matched.push(alignment);
    }
  }
  close();
  return matched;
}

/** Pairs removed and added elements between two equal ones. */
function pairVersions(gap: readonly Alignment[], before: readonly Value[], after: readonly Value[]): Alignment[] {
  const removed = gap.flatMap(([index]) => index ?? []);
  const added = gap.flatMap(([, index]) => index ?? []);
  const single = removed.length === 1 && added.length === 1;
  const free = new Set(added);
  const paired = removed.map((i): Alignment => {
    const j = [...free].find((index) => isVersion(before[i], after[index], single));
    if (j !== undefined) free.delete(j);
    return [i, j];
  });
  return [...paired, ...[...free].map((j): Alignment => [undefined, j])];
}

function isVersion(before: Value | undefined, after: Value | undefined, single: boolean): boolean {
  if (before?.kind !== "map" || after?.kind !== "map") return false;
  for (const name of IDENTIFYING_NAMES) {
    const [old, current] = [before.entries.get(name), after.entries.get(name)];
    if (old?.kind === "scalar" && current?.kind === "scalar") return old.value === current.value;
  }
  if (single) return true;
  const names = new Set([...before.entries.keys(), ...after.entries.keys()]);
  const equal = [...names].filter((name) => {
    const [old, current] = [before.entries.get(name), after.entries.get(name)];
    return old && current && isSame(old, current);
  });
  return equal.length / names.size >= SIMILAR;
}
