import type { StackGraph } from "../deploy/graph.ts";
import { layOutStacks, type RoutedArrow, type StackLayout } from "./stack-layout.ts";
import { at, box, drawing, element, type Point, path, type Svg, text, titled } from "./svg.ts";
import { systemOf } from "./systems.ts";

/** Space below the layout for the caption. */
const FOOT = 24;
const CAPTION =
  "An arrow leads from a stack to one that reads its outputs; arrows that others imply are omitted. Deployed from left to right.";

/** Draws the stacks, grouped by system, and arrows from each stack to those that read its outputs. */
export function drawStacks(graph: StackGraph): Svg {
  const { width, height, frames, cards, arrows } = layOutStacks(graph);
  return drawing(width, height + FOOT, "The stacks of nv-demo, and which stack reads the outputs of which", [
    ...frames.map(drawFrame),
    ...arrows.map(drawArrow),
    ...cards.map(drawCard),
    text("small", frames[0]?.box.x ?? 0, height + FOOT - 20, CAPTION),
  ]);
}

function drawFrame({ system, box: frame }: StackLayout["frames"][number]): Svg {
  return element(
    "g",
    { class: system.name },
    box("system", frame, 12),
    text("label", frame.x + 16, frame.y + 20, system.title.toUpperCase()),
  );
}

function drawCard({ stack, box: card }: StackLayout["cards"][number]): Svg {
  return element(
    "g",
    { class: systemOf(stack).name },
    box("card", card),
    box("bar", { x: card.x, y: card.y + 9, width: 3, height: card.height - 18 }, 1.5),
    text("name", card.x + card.width / 2, card.y + card.height / 2 + 4.5, stack, "middle"),
  );
}

function drawArrow({ from, to, outputs, points: [start, ...points] }: RoutedArrow): Svg {
  if (!start) return "";
  const curves = points.map((point, index) => curve(points[index - 1] ?? start, point));
  return titled(
    `${to} reads from ${from}: ${outputs.join(", ")}`,
    path("line", `M${at(start.x, start.y)}${curves.join("")}`, "arrow"),
  );
}

/** A curve to `end` that is horizontal at both ends. */
function curve(start: Point, end: Point): string {
  const middle = (start.x + end.x) / 2;
  return `C${at(middle, start.y)} ${at(middle, end.y)} ${at(end.x, end.y)}`;
}
