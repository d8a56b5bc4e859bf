import { expect, it } from "vitest";
import { addChange, applyChanges, type Change, pendingChanges } from "./changes.ts";
import { type FileEntry, folderEntry } from "./entries.ts";
import { nameOf } from "./keys.ts";

const file = (key: string, size = 1): FileEntry => ({
  kind: "file",
  key,
  name: nameOf(key),
  size,
  modified: "2026-01-01T00:00:30.000Z",
  type: "text/plain",
});
const added = (key: string, size?: number): Change => ({ kind: "added", file: file(key, size), at: 0 });
const removed = (key: string): Change => ({ kind: "removed", key, at: 0 });
const keysOf = (entries: readonly { key: string }[]) => entries.map(({ key }) => key);

it("shows added and hides removed files of the folder", () => {
  const entries = [file("a/old"), folderEntry("a/gone/")];
  const changes = [added("a/new"), removed("a/old"), added("a/sub/x"), added("other"), removed("a/gone/")];
  expect(keysOf(applyChanges(entries, changes, "a/"))).toEqual(["a/new", "a/sub/"]);
});

it("replaces a file that was uploaded again, and keeps the details of a folder", () => {
  const folder = folderEntry("sub/", { files: 3 });
  expect(applyChanges([file("x", 1), folder], [added("x", 2), added("sub/y")], "")).toEqual([file("x", 2), folder]);
});

it("keeps only the last change of a key", () => {
  expect(addChange([added("x"), removed("y")], removed("x"))).toEqual([removed("y"), removed("x")]);
});

it("forgets a change when the server shows it, or after a minute", () => {
  const changes = [added("x", 2), removed("y"), added("sub/z")];
  expect(pendingChanges(changes, [file("x", 1), file("y")], "", 1)).toEqual(changes);
  expect(pendingChanges(changes, [file("x", 2), folderEntry("sub/")], "", 1)).toEqual([]);
  expect(pendingChanges(changes, [file("x", 1), file("y")], "", 60_000)).toEqual([]);
  expect(pendingChanges([added("x")], [], "other/", 1)).toHaveLength(1);
});
