import type { Architecture } from "./architecture.ts";
import { FRAME_TITLES, type Frame, layOutArchitecture } from "./architecture-layout.ts";
import type { PlacedNode } from "./architecture-routes.ts";
import { LINE_HEIGHT, wrapLabel } from "./labels.ts";
import { drawMark, MARK_SIZE } from "./marks.ts";
import { roundedLine } from "./rounded-line.ts";
import { at, box, drawing, element, path, type Svg, text } from "./svg.ts";

/** Space below the picture. */
const LEGEND = 18;

/** Draws a system in the manner of AWS's reference architectures. */
export function drawArchitecture(architecture: Architecture): Svg {
  const { width, height, nodes, frames, edges } = layOutArchitecture(architecture);
  return drawing(width, height + LEGEND, `The architecture of ${architecture.title}: ${describe(architecture)}`, [
    ...frames.map(drawFrame),
    ...edges.map(({ edge, points }) =>
      path(edge.kind === "event" ? "line dashed" : "line", roundedLine(points), "arrow"),
    ),
    ...nodes.map(drawNode),
    ...drawLegend(
      edges.some(({ edge }) => edge.kind === "event"),
      frames[0]?.box.x ?? 0,
      height + LEGEND - 14,
    ),
  ]);
}

/** The text alternative: what connects to what. */
function describe({ nodes, edges }: Architecture): string {
  const titleOf = (id: string) => nodes.find((node) => node.id === id)?.title ?? id;
  return edges.map(({ from, to }) => `${titleOf(from)} to ${titleOf(to)}`).join(", ");
}

function drawLegend(hasEvents: boolean, x: number, y: number): Svg[] {
  const caption = "Generated from the stacks of the prod environment.";
  if (!hasEvents) return [text("small", x, y, caption)];
  const sample = (left: number, className: string) =>
    path(className, `M${at(left, y - 4)}L${at(left + 26, y - 4)}`, "arrow");
  return [
    sample(x, "line"),
    text("small", x + 32, y, "request"),
    sample(x + 92, "line dashed"),
    text("small", x + 124, y, "event"),
    text("small", x + 176, y, caption),
  ];
}

function drawFrame({ place, box: frame }: Frame): Svg {
  return element(
    "g",
    {},
    box(`frame ${place}`, frame, 4),
    text("label", frame.x + 8, frame.y + 14, FRAME_TITLES[place]),
  );
}

function drawNode({ node: { mark, title, detail }, center: { x, y } }: PlacedNode): Svg {
  const half = MARK_SIZE / 2;
  const [titles, details] = [wrapLabel(title), wrapLabel(detail)];
  const lineAt = (index: number) => y + half + 13 + index * LINE_HEIGHT;
  return element(
    "g",
    {},
    drawMark(mark, x - half, y - half),
    ...titles.map((line, index) => text("name", x, lineAt(index), line, "middle")),
    ...details.map((line, index) => text("small", x, lineAt(titles.length + index), line, "middle")),
  );
}
