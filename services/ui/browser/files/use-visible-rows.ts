import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { type RowWindow, visibleRows } from "../model/window.ts";

/** The rows that are in the window. It changes when the page is scrolled or the window resized. */
export function useVisibleRows(
  table: { readonly current: HTMLTableElement | null },
  count: number,
  height: number,
): RowWindow {
  const read = () => {
    const body = table.current?.tBodies[0];
    return visibleRows(body ? -body.getBoundingClientRect().top : 0, innerHeight, height, count);
  };
  const [rows, setRows] = useState(read);
  const update = () =>
    setRows((current) => {
      const next = read();
      return next.first === current.first && next.end === current.end ? current : next;
    });
  useLayoutEffect(update, [count, height]);
  useEffect(() => {
    addEventListener("scroll", update, { passive: true });
    addEventListener("resize", update);
    return () => {
      removeEventListener("scroll", update);
      removeEventListener("resize", update);
    };
  }, [count, height]);
  return { first: Math.min(rows.first, count), end: Math.min(rows.end, count) };
}
