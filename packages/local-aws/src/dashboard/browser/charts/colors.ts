/** The colors of the lines are `--line-1` to `--line-8` of the style sheet; a dashed line has a color a second time. */
const COLORS = 8;
const DASH = [6, 4];

interface LineStyle {
  /** 1 to 8. */
  readonly color: number;
  readonly dash: readonly number[] | undefined;
}

export function lineStyle(index: number): LineStyle {
  return { color: (index % COLORS) + 1, dash: index < COLORS ? undefined : DASH };
}

/** A color of the style sheet, which depends on the color scheme. */
export function cssColor(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** Calls back when the color scheme changes. @returns a function that ends this. */
export function onSchemeChange(callback: () => void): () => void {
  const query = matchMedia("(prefers-color-scheme: dark)");
  query.addEventListener("change", callback);
  return () => query.removeEventListener("change", callback);
}
