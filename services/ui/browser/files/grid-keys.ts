import type { Entry } from "../model/entries.ts";
import { rowAfter, type Selection } from "../model/selection.ts";

/** What the keyboard acts on. */
export interface GridTarget {
  readonly entries: readonly Entry[];
  readonly selection: Selection;
  readonly onSelect: (index: number, extend: boolean) => void;
  readonly onSelectAll: () => void;
  readonly onOpen: (entry: Entry) => void;
  /** Called for the keys that rename and delete. */
  readonly onShortcut: (entry: Entry, shortcut: "rename" | "delete") => void;
}

/** @returns whether the key does something here */
export function handleKey(event: KeyboardEvent, target: GridTarget, move: (index: number) => void): boolean {
  const { entries, selection } = target;
  const entry = entries[selection.active];
  const isOnRow = event.target instanceof HTMLTableRowElement || event.target === event.currentTarget;
  if (!entry || !(event.target instanceof Element) || event.target.closest("thead, [role=menu]")) return false;
  const row = rowAfter(event.key, selection.active, entries.length, Math.max(1, Math.floor(innerHeight / 80)));
  if (row !== undefined && !event.altKey) {
    if (event.shiftKey) target.onSelect(row, true);
    move(row);
    return true;
  }
  if (event.key === "a" && (event.ctrlKey || event.metaKey)) {
    target.onSelectAll();
    return true;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  switch (event.key) {
    case "Enter":
      if (isOnRow) target.onOpen(entry);
      return isOnRow;
    case " ":
      if (isOnRow) target.onSelect(selection.active, event.shiftKey);
      return isOnRow;
    case "F2":
      target.onShortcut(entry, "rename");
      return true;
    case "Delete":
      target.onShortcut(entry, "delete");
      return true;
    default:
      return false;
  }
}
