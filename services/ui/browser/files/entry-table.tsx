import type { TargetedEvent, TargetedKeyboardEvent } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Entry, Sort, SortField } from "../model/entries.ts";
import { rowAfter, type Selection } from "../model/selection.ts";
import { type RowWindow, visibleRows } from "../model/window.ts";
import { Icon } from "../parts/icon.tsx";
import type { MenuItem } from "../parts/menu.tsx";
import { useMedia } from "../parts/use-media.ts";
import { EntryRow } from "./entry-row.tsx";

export interface EntryTableProps {
  readonly label: string;
  readonly entries: readonly Entry[];
  readonly isBusy: boolean;
  /** Undefined where the order is fixed, as in results of a search. */
  readonly sort: Sort | undefined;
  readonly hasMore: boolean;
  readonly selection: Selection;
  readonly actionsOf: (entry: Entry) => readonly MenuItem[];
  readonly onSort: (field: SortField) => void;
  readonly onSelect: (index: number, extend: boolean) => void;
  readonly onSelectAll: () => void;
  readonly onActivate: (index: number) => void;
  readonly onOpen: (entry: Entry) => void;
  /** Called for the keys that rename and delete. */
  readonly onShortcut: (entry: Entry, shortcut: "rename" | "delete") => void;
  /** Called when the last rows come into view. */
  readonly onEnd: () => void;
}

/** The same as in the style sheet, in pixels. */
const ROW_HEIGHT = 40;
const TALL_ROW_HEIGHT = 56;
/** Rows before the end at which the next page is loaded. */
const NEAR_END = 100;

/**
 * The list. Only the rows in the window are rendered. It is a grid, in which the keyboard moves from row to row:
 * https://www.w3.org/WAI/ARIA/apg/patterns/grid/
 */
export function EntryTable(props: EntryTableProps) {
  const { entries, sort, selection } = props;
  const table = useRef<HTMLTableElement>(null);
  const showsFolder = sort === undefined;
  const isTall = useMedia("(max-width: 40rem)") || showsFolder;
  const height = isTall ? TALL_ROW_HEIGHT : ROW_HEIGHT;
  const rows = useVisibleRows(table.current, entries.length, height);
  const isNearEnd = props.hasMore && rows.end > entries.length - NEAR_END;
  useEffect(() => {
    if (isNearEnd) props.onEnd();
  }, [isNearEnd, entries.length]);
  const focusRow = useRowFocus(table, height, rows);
  const move = (index: number) => {
    props.onActivate(index);
    focusRow(index);
  };
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLTableElement>) => {
    if (handleKey(event, props, move)) event.preventDefault();
  };
  const onFocusIn = ({ target }: TargetedEvent<HTMLTableElement, FocusEvent>) => {
    const index = rowIndexOf(target);
    if (index !== undefined && index !== selection.active) props.onActivate(index);
  };
  const all = entries.length > 0 && selection.keys.size === entries.length;
  return (
    <table
      ref={table}
      class={`entries${isTall ? " tall" : ""}`}
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table is what ARIA suggests for a grid.
      role="grid"
      aria-label={props.label}
      aria-busy={props.isBusy}
      aria-multiselectable="true"
      aria-rowcount={props.hasMore ? -1 : entries.length + 1}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      onFocusIn={onFocusIn}
    >
      <thead>
        <tr aria-rowindex={1}>
          <th scope="col" class="choose">
            <input
              type="checkbox"
              checked={all}
              aria-label="Select all"
              ref={(box) => {
                if (box) box.indeterminate = selection.keys.size > 0 && !all;
              }}
              onChange={props.onSelectAll}
            />
          </th>
          <Column field="name" title="Name" sort={sort} onSort={props.onSort} />
          <Column field="size" title="Size" sort={sort} onSort={props.onSort} />
          <Column field="modified" title="Modified" sort={sort} onSort={props.onSort} />
          <th scope="col" class="actions">
            <span class="hidden">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        <Spacer rows={rows.first} height={height} />
        {entries.slice(rows.first, rows.end).map((entry, offset) => {
          const index = rows.first + offset;
          return (
            <EntryRow
              key={entry.key}
              entry={entry}
              index={index}
              isActive={index === selection.active}
              isSelected={selection.keys.has(entry.key)}
              showsFolder={showsFolder}
              actions={props.actionsOf(entry)}
              onToggle={() => props.onSelect(index, false)}
              onOpen={() => props.onOpen(entry)}
            />
          );
        })}
        <Spacer rows={entries.length - rows.end} height={height} />
      </tbody>
    </table>
  );
}

interface ColumnProps {
  readonly field: SortField;
  readonly title: string;
  readonly sort: Sort | undefined;
  readonly onSort: (field: SortField) => void;
}

function Column({ field, title, sort, onSort }: ColumnProps) {
  const isSorted = sort?.field === field;
  const direction = sort?.descending ? "descending" : "ascending";
  return (
    <th scope="col" class={field} aria-sort={isSorted ? direction : undefined}>
      {sort ? (
        <button type="button" class="plain" onClick={() => onSort(field)}>
          {title}
          {isSorted && <Icon name={sort.descending ? "down" : "up"} />}
        </button>
      ) : (
        title
      )}
    </th>
  );
}

/** Takes the place of rows that are not rendered. */
const Spacer = ({ rows, height }: { readonly rows: number; readonly height: number }) =>
  rows > 0 ? (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: it cannot have the focus.
    <tr class="spacer" aria-hidden="true">
      <td colSpan={5} style={{ height: `${rows * height}px` }} />
    </tr>
  ) : null;

/** @returns whether the key does something here */
function handleKey(event: KeyboardEvent, props: EntryTableProps, move: (index: number) => void): boolean {
  const { entries, selection } = props;
  const entry = entries[selection.active];
  const isOnRow = event.target instanceof HTMLTableRowElement || event.target === event.currentTarget;
  if (!entry || !(event.target instanceof Element) || event.target.closest("thead, [role=menu]")) return false;
  const row = rowAfter(event.key, selection.active, entries.length, Math.max(1, Math.floor(innerHeight / 80)));
  if (row !== undefined && !event.altKey) {
    if (event.shiftKey) props.onSelect(row, true);
    move(row);
    return true;
  }
  if (event.key === "a" && (event.ctrlKey || event.metaKey)) {
    props.onSelectAll();
    return true;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  switch (event.key) {
    case "Enter":
      if (isOnRow) props.onOpen(entry);
      return isOnRow;
    case " ":
      if (isOnRow) props.onSelect(selection.active, event.shiftKey);
      return isOnRow;
    case "F2":
      props.onShortcut(entry, "rename");
      return true;
    case "Delete":
      props.onShortcut(entry, "delete");
      return true;
    default:
      return false;
  }
}

function rowIndexOf(target: EventTarget | null): number | undefined {
  const index = target instanceof Element ? target.closest<HTMLElement>("tr[data-index]")?.dataset.index : undefined;
  return index === undefined ? undefined : Number(index);
}

/** The rows that are in the window. It changes when the page is scrolled or the window resized. */
function useVisibleRows(table: HTMLTableElement | null, count: number, height: number): RowWindow {
  const read = () => {
    const body = table?.tBodies[0];
    return visibleRows(body ? -body.getBoundingClientRect().top : 0, innerHeight, height, count);
  };
  const [rows, setRows] = useState(read);
  const update = () =>
    setRows((current) => {
      const next = read();
      return next.first === current.first && next.end === current.end ? current : next;
    });
  useLayoutEffect(update, [table, count, height]);
  useEffect(() => {
    addEventListener("scroll", update, { passive: true });
    addEventListener("resize", update);
    return () => {
      removeEventListener("scroll", update);
      removeEventListener("resize", update);
    };
  }, [table, count, height]);
  return { first: Math.min(rows.first, count), end: Math.min(rows.end, count) };
}

/** Focuses a row, after it has been scrolled into the window and rendered. */
function useRowFocus(
  table: { readonly current: HTMLTableElement | null },
  height: number,
  rows: RowWindow,
): (index: number) => void {
  const wanted = useRef<number>();
  useLayoutEffect(() => {
    const row = table.current?.querySelector<HTMLElement>(`tr[data-index="${wanted.current}"]`);
    if (!row) return;
    wanted.current = undefined;
    row.focus({ preventScroll: true });
  });
  return (index) => {
    wanted.current = index;
    const body = table.current?.tBodies[0];
    if (!body) return;
    const top = body.getBoundingClientRect().top + index * height;
    const headers = height * 2; // What sticks to the top of the window.
    if (top < headers) scrollBy({ top: top - headers });
    else if (top + height > innerHeight - height) scrollBy({ top: top + 2 * height - innerHeight });
    // The row may be rendered already; otherwise the scrolling renders it.
    if (index >= rows.first && index < rows.end) table.current?.focus({ preventScroll: true });
  };
}
