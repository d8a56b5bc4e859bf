import { at, dot, element, path, type Svg } from "./svg.ts";

/** The colors of AWS's categories of services; white glyphs are readable on each in both color schemes. */
const COLORS = {
  compute: "#d05c00",
  network: "#7a3ff0",
  storage: "#5f8010",
  database: "#b51cbd",
  integration: "#d0116b",
  security: "#c8303f",
  outside: "#4a5a70",
} as const;

interface Mark {
  readonly category: keyof typeof COLORS;
  /** Drawn in a square of 44 × 44. */
  readonly glyph: readonly Svg[];
}

const line = (d: string): Svg => path("glyph", d);
const solid = (d: string): Svg => path("solid", d);
const ring = (x: number, y: number, radius: number): Svg => dot("glyph", x, y, radius);
const bead = (x: number, y: number, radius = 2.5): Svg => dot("solid", x, y, radius);

const cylinder = line("M11 14v16c0 6 22 6 22 0V14M11 14c0 6 22 6 22 0c0-6-22-6-22 0M11 22c0 6 22 6 22 0");
const globe = [ring(22, 22, 11), line("M11 22h22M22 11c-7 6-7 16 0 22M22 11c7 6 7 16 0 22")];

/** Our own simple signs: AWS's icons may not be changed or relicensed (docs/decisions/0017). */
const MARKS = {
  user: { category: "outside", glyph: [ring(22, 16, 5.5), line("M11 34c0-14 22-14 22 0Z")] },
  host: { category: "outside", glyph: globe },
  "route-53": {
    category: "network",
    glyph: [line("M22 10l10 4v8c0 7-5 10-10 12c-5-2-10-5-10-12v-8Z"), line("M17.5 22l3.5 3.5l6-6.5")],
  },
  cloudfront: { category: "network", glyph: [...globe, bead(14.5, 30), bead(30, 15), bead(29.5, 29)] },
  "api-gateway": {
    category: "network",
    glyph: [line("M18 12v20M26 12v20M18 17l-6 5l6 5M26 17l6 5l-6 5")],
  },
  "load-balancer": {
    category: "network",
    glyph: [
      ring(14, 22, 4),
      line("M18 22h6M24 22l6-9M24 22h6M24 22l6 9"),
      bead(31.5, 12),
      bead(31.5, 22),
      bead(31.5, 32),
    ],
  },
  "internet-gateway": {
    category: "network",
    glyph: [line("M11 33V22c0-15 22-15 22 0v11"), line("M22 33V21M17.5 25.5L22 21l4.5 4.5")],
  },
  "nat-gateway": { category: "network", glyph: [line("M12 12h20v20H12Z"), line("M16 22h11M23 17.5l4.5 4.5l-4.5 4.5")] },
  endpoint: { category: "network", glyph: [ring(15, 22, 4.5), line("M19.5 22H33M28 17.5l5 4.5l-5 4.5")] },
  lambda: { category: "compute", glyph: [line("M14 12h5l11 21h3M21.5 21L14.5 33")] },
  alias: { category: "compute", glyph: [line("M12 13h11l10 10l-9.5 9.5L12 22Z"), bead(17.5, 18.5)] },
  machine: {
    category: "compute",
    glyph: [line("M15 15h14v14H15Z"), line("M19 15v-5M25 15v-5M19 34v-5M25 34v-5M15 19h-5M15 25h-5M34 19h-5M34 25h-5")],
  },
  container: { category: "compute", glyph: [line("M22 10l11 6v12l-11 6l-11-6V16ZM11 16l11 6l11-6M22 22v12")] },
  repository: {
    category: "compute",
    glyph: [line("M11 13h22v7H11ZM11 24h22v7H11Z"), bead(15.5, 16.5, 1.5), bead(15.5, 27.5, 1.5)],
  },
  bucket: { category: "storage", glyph: [line("M11 13c0 4 22 4 22 0c0-4-22-4-22 0M11 13l3 18c2 3 14 3 16 0l3-18")] },
  table: { category: "database", glyph: [line("M11 12h22v20H11ZM11 18.5h22M11 25h22M18.5 12v20")] },
  database: { category: "database", glyph: [cylinder] },
  cache: { category: "database", glyph: [cylinder, solid("M24 15l-7 10h4.5l-2 8l7.5-11h-4.5Z")] },
  queue: {
    category: "integration",
    glyph: [
      line("M10 16h24v12H10Z"),
      line("M18 16v12M26 16v12"),
      bead(14, 22, 1.8),
      bead(22, 22, 1.8),
      bead(30, 22, 1.8),
    ],
  },
  topic: { category: "integration", glyph: [bead(14, 22, 4), line("M20 16c4 4 4 8 0 12M25 12c7 6 7 14 0 20")] },
  schedule: { category: "integration", glyph: [ring(22, 22, 11), line("M22 15v7l5 4")] },
  alarm: {
    category: "integration",
    glyph: [line("M13 29c3-3 1-16 9-16c8 0 6 13 9 16Z"), line("M19.5 32.5c1 2 4 2 5 0M22 13v-2.5")],
  },
  canary: { category: "integration", glyph: [line("M10 23h6l3-9l5 17l3.5-8H34")] },
  secret: { category: "security", glyph: [line("M13 20h18v13H13ZM17 20v-4c0-7 10-7 10 0v4"), bead(22, 26.5, 2)] },
} as const satisfies Readonly<Record<string, Mark>>;

export type MarkName = keyof typeof MARKS;

/** Width and height. */
export const MARK_SIZE = 44;

/** Draws a mark with its top left corner at a point. */
export function drawMark(name: MarkName, x: number, y: number, size = MARK_SIZE): Svg {
  const { category, glyph } = MARKS[name];
  const scale = size / MARK_SIZE;
  return element(
    "g",
    { transform: `translate(${at(x, y)})${scale === 1 ? "" : ` scale(${Math.round(scale * 1000) / 1000})`}` },
    element("rect", { width: MARK_SIZE, height: MARK_SIZE, rx: 7, fill: COLORS[category] }),
    ...glyph,
  );
}
