import { at, type Point } from "./svg.ts";

const RADIUS = 6;

/** Path data of a line through points, with rounded corners. */
export function roundedLine(points: readonly Point[]): string {
  const corners = points.filter((point, index) => {
    const [before, after] = [points[index - 1], points[index + 1]];
    return !before || !after || before.y !== point.y || after.y !== point.y;
  });
  return corners
    .map((point, index) => {
      const [before, after] = [corners[index - 1], corners[index + 1]];
      if (!before) return `M${at(point.x, point.y)}`;
      if (!after) return `L${at(point.x, point.y)}`;
      const [start, end] = [towards(point, before), towards(point, after)];
      return `L${at(start.x, start.y)}Q${at(point.x, point.y)} ${at(end.x, end.y)}`;
    })
    .join("");
}

/** The point on the way to another at which a corner begins. */
function towards(corner: Point, other: Point): Point {
  const distance = Math.hypot(other.x - corner.x, other.y - corner.y);
  const part = distance === 0 ? 0 : Math.min(RADIUS, distance / 2) / distance;
  return { x: corner.x + (other.x - corner.x) * part, y: corner.y + (other.y - corner.y) * part };
}
