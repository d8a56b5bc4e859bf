import { type Entry, entryIn, type FileEntry } from "./entries.ts";
import type { Prefix } from "./keys.ts";

/**
 * A change that was made here and that lists may not show yet: they are updated by an event of the bucket, a moment
 * later.
 */
export type Change =
  | { readonly kind: "added"; readonly file: FileEntry; readonly at: number }
  | { readonly kind: "removed"; readonly key: string; readonly at: number };

/** After this time, the list of the server is right, whatever happened here. */
const MAX_AGE_MS = 60_000;

const keyOf = (change: Change): string => (change.kind === "added" ? change.file.key : change.key);

/** Adds a change, which replaces those of the same key. */
export const addChange = (changes: readonly Change[], change: Change): readonly Change[] => [
  ...changes.filter((other) => keyOf(other) !== keyOf(change)),
  change,
];

/** The entries of a folder with the changes. */
export function applyChanges(entries: readonly Entry[], changes: readonly Change[], prefix: Prefix): readonly Entry[] {
  if (changes.length === 0) return entries;
  const byKey = new Map(entries.map((entry) => [entry.key, entry]));
  for (const change of changes) {
    if (change.kind === "removed") {
      byKey.delete(change.key);
      continue;
    }
    const entry = entryIn(prefix, change.file);
    if (entry && (entry.kind === "file" || !byKey.has(entry.key))) byKey.set(entry.key, entry);
  }
  return [...byKey.values()];
}

/** The changes that the entries of the server do not show yet and that are not too old. */
export const pendingChanges = (
  changes: readonly Change[],
  entries: readonly Entry[],
  prefix: Prefix,
  now: number,
): readonly Change[] => changes.filter((change) => now - change.at < MAX_AGE_MS && !isShown(change, entries, prefix));

function isShown(change: Change, entries: readonly Entry[], prefix: Prefix): boolean {
  if (change.kind === "removed") {
    return change.key.startsWith(prefix) && !entries.some(({ key }) => key === change.key);
  }
  const expected = entryIn(prefix, change.file);
  if (!expected) return false; // Another folder shows it.
  const found = entries.find(({ key }) => key === expected.key);
  if (expected.kind === "folder" || found?.kind !== "file") return found !== undefined;
  return found.size === expected.size && found.modified >= expected.modified.slice(0, 16);
}
