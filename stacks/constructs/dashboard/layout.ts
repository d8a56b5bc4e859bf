import type { Size } from "./widgets.ts";

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
const GRID_WIDTH = 24;

export type Placed<Widget> = Widget & { readonly x: number; readonly y: number };

/**
 * Places widgets in rows, each below the highest widget of the row before it.
 *
 * @throws RangeError when a row is wider than the grid.
 */
export function placeInRows<Widget extends Size>(rows: readonly (readonly Widget[])[]): Placed<Widget>[] {
  let y = 0;
  return rows.flatMap((row, index) => {
    const top = y;
    let x = 0;
    const placed = row.map((widget) => {
      const left = x;
      x += widget.width;
      return { ...widget, x: left, y: top };
    });
    if (x > GRID_WIDTH) throw new RangeError(`Row ${index + 1} is ${x} columns wide; the grid has ${GRID_WIDTH}.`);
    y += Math.max(0, ...row.map(({ height }) => height));
    return placed;
  });
}
