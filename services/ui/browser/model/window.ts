/** The rows that are rendered, of a list that is longer than the window. */
export interface RowWindow {
  readonly first: number;
  /** Exclusive. */
  readonly end: number;
}

/** Rows above and below the window, so that scrolling shows no gap before the next rendering. */
const OVERSCAN = 12;

/**
 * The rows to render.
 *
 * @param offset pixels of the list above the top of the window; negative when it begins below it
 */
export function visibleRows(offset: number, windowHeight: number, rowHeight: number, rows: number): RowWindow {
  const first = Math.floor(offset / rowHeight) - OVERSCAN;
  const end = Math.ceil((offset + windowHeight) / rowHeight) + OVERSCAN;
  return { first: Math.max(0, Math.min(first, rows)), end: Math.max(0, Math.min(end, rows)) };
}
