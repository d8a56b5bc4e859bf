/** The keys of the chosen entries, and the row that the keyboard is on. */
export interface Selection {
  readonly keys: ReadonlySet<string>;
  readonly active: number;
}

export const noSelection: Selection = { keys: new Set(), active: 0 };

export function toggle(selection: Selection, key: string, active: number): Selection {
  const keys = new Set(selection.keys);
  if (!keys.delete(key)) keys.add(key);
  return { keys, active };
}

/** From the active row to another one, as with Shift. */
export function extend(selection: Selection, keys: readonly string[], to: number): Selection {
  const [first, last] = selection.active < to ? [selection.active, to] : [to, selection.active];
  return { keys: new Set([...selection.keys, ...keys.slice(first, last + 1)]), active: to };
}

/** Only what is still there; the active row remains inside the list. */
export function retain(selection: Selection, keys: readonly string[]): Selection {
  const known = new Set(keys);
  return {
    keys: new Set([...selection.keys].filter((key) => known.has(key))),
    active: Math.max(0, Math.min(selection.active, keys.length - 1)),
  };
}

/** The row that a key of the keyboard leads to; undefined for keys that do not move. */
export function rowAfter(key: string, row: number, rows: number, page: number): number | undefined {
  const moves: Readonly<Record<string, number>> = {
    ArrowDown: row + 1,
    ArrowUp: row - 1,
    PageDown: row + page,
    PageUp: row - page,
    Home: 0,
    End: rows - 1,
  };
  const target = moves[key];
  return target === undefined ? undefined : Math.max(0, Math.min(rows - 1, target));
}
