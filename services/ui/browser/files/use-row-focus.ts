import { useLayoutEffect, useRef } from "preact/hooks";
import type { RowWindow } from "../model/window.ts";

/** Focuses a row, after it has been scrolled into the window and rendered. */
export function useRowFocus(
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
