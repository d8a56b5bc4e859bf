import type { TargetedEvent, TargetedKeyboardEvent } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Entry, Sort, SortField } from "../model/entries.ts";
import { Icon } from "../parts/icon.tsx";
import type { MenuItem } from "../parts/menu.tsx";
import { useMedia } from "../parts/use-media.ts";
import { EntryRow } from "./entry-row.tsx";
import { type GridTarget, handleKey } from "./grid-keys.ts";
import { useRowFocus } from "./use-row-focus.ts";
import { useVisibleRows } from "./use-visible-rows.ts";

interface EntryTableProps extends GridTarget {
  readonly label: string;
  readonly isBusy: boolean;
  /** Undefined where the order is fixed, as in results of a search. */
  readonly sort: Sort | undefined;
  readonly hasMore: boolean;
  readonly actionsOf: (entry: Entry) => readonly MenuItem[];
  readonly onSort: (field: SortField) => void;
  readonly onActivate: (index: number) => void;
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
  const rows = useVisibleRows(table, entries.length, height);
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

function rowIndexOf(target: EventTarget | null): number | undefined {
  const index = target instanceof Element ? target.closest<HTMLElement>("tr[data-index]")?.dataset.index : undefined;
  return index === undefined ? undefined : Number(index);
}
