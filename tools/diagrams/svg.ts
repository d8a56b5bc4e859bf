/** A serialized SVG element. */
export type Svg = string;

type Attributes = Readonly<Record<string, string | number | undefined>>;

export function element(name: string, attributes: Attributes, ...children: readonly Svg[]): Svg {
  const serialized = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeXml(typeof value === "number" ? round(value) : String(value))}"`)
    .join("");
  return children.length === 0 ? `<${name}${serialized}/>` : `<${name}${serialized}>${children.join("")}</${name}>`;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const box = (className: string, { x, y, width, height }: Box, radius = 8): Svg =>
  element("rect", { class: className, x, y, width, height, rx: radius });

/** @param anchor which part of the text is at x. */
export function text(className: string, x: number, y: number, content: string, anchor?: "middle" | "end"): Svg {
  return element("text", { class: className, x, y, "text-anchor": anchor }, escapeXml(content));
}

export const path = (className: string, d: string, marker?: string): Svg =>
  element("path", { class: className, d, "marker-end": marker && `url(#${marker})` });

/** A point in path data, rounded so that the diagram is the same text on every machine. */
export const at = (x: number, y: number): string => `${round(x)} ${round(y)}`;

export const dot = (className: string, x: number, y: number, radius: number): Svg =>
  element("circle", { class: className, cx: x, cy: y, r: radius });

/** Shows a tooltip for the children. */
export const titled = (title: string, ...children: readonly Svg[]): Svg =>
  element("g", {}, element("title", {}, escapeXml(title)), ...children);

/**
 * A complete SVG document; its colors follow the light or dark mode of the reader.
 *
 * @param description text alternative for screen readers.
 */
export function drawing(width: number, height: number, description: string, children: readonly Svg[]): Svg {
  const size = { width: Math.round(width), height: Math.round(height) };
  const head = {
    xmlns: "http://www.w3.org/2000/svg",
    ...size,
    viewBox: `0 0 ${round(width)} ${round(height)}`,
    role: "img",
  };
  const lines = [
    element("title", {}, escapeXml(description)),
    element("style", {}, STYLE),
    element("defs", {}, arrowhead("arrow")),
    box("page", { x: 0.5, y: 0.5, width: width - 1, height: height - 1 }, 12),
    ...children,
  ];
  return `${element("svg", head, `\n${lines.join("\n")}\n`)}\n`;
}

const arrowhead = (id: string): Svg =>
  element(
    "marker",
    { id, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto-start-reverse" },
    element("path", { class: "head", d: "M0.5 0.8 7.5 4 0.5 7.2Z" }),
  );

const LIGHT = {
  page: "#ffffff",
  edge: "#d7dde5",
  ink: "#1b2430",
  soft: "#5b6778",
  card: "#ffffff",
  tier: "#f4f6f9",
  line: "#7d8aa0",
  files: "#2563c9",
  sum: "#b4540a",
  shout: "#a8327d",
  hello: "#1d7f54",
  releases: "#6d46c1",
  shared: "#526074",
};
const DARK: typeof LIGHT = {
  page: "#11161d",
  edge: "#303a48",
  ink: "#e8edf4",
  soft: "#9aa7b8",
  card: "#1a212b",
  tier: "#161c25",
  line: "#7484a0",
  files: "#74a8ff",
  sum: "#f0a35e",
  shout: "#ee8ac6",
  hello: "#62cf9b",
  releases: "#b79bff",
  shared: "#a3b0c2",
};

const variables = (colors: typeof LIGHT): string =>
  Object.entries(colors)
    .map(([name, color]) => `--${name}:${color}`)
    .join(";");

const tints = ["files", "sum", "shout", "hello", "releases", "shared"]
  .map((name) => `.${name}{--tint:var(--${name})}`)
  .join("");

const STYLE = [
  `:root{${variables(LIGHT)}}`,
  `@media (prefers-color-scheme:dark){:root{${variables(DARK)}}}`,
  tints,
  'text{font:12px ui-sans-serif,-apple-system,"Segoe UI",Helvetica,Arial,sans-serif;fill:var(--ink);paint-order:stroke;stroke:color-mix(in srgb,var(--page) 75%,transparent);stroke-width:3px;stroke-linejoin:round}',
  ".page{fill:var(--page);stroke:var(--edge)}",
  ".system{fill:color-mix(in srgb,var(--tint) 7%,var(--page));stroke:color-mix(in srgb,var(--tint) 28%,var(--page))}",
  ".glyph{fill:none;stroke:#fff;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}",
  ".solid{fill:#fff}",
  ".frame{fill:none;stroke:var(--edge);stroke-width:1.5}",
  ".cloud{stroke:var(--soft)}",
  ".vpc{stroke:var(--releases)}",
  ".public{fill:color-mix(in srgb,var(--hello) 9%,var(--page));stroke:none}",
  ".private{fill:color-mix(in srgb,var(--files) 9%,var(--page));stroke:none}",
  ".db{fill:color-mix(in srgb,var(--releases) 9%,var(--page));stroke:none}",
  ".tier{fill:var(--tier);stroke:var(--edge)}",
  ".card{fill:var(--card);stroke:color-mix(in srgb,var(--tint) 60%,var(--page));stroke-width:1.25}",
  ".bar{fill:var(--tint)}",
  ".name{font-weight:600}",
  ".tight{font-size:12px;letter-spacing:-.01em}",
  ".small{fill:var(--soft)}",
  ".label{font-weight:600;fill:var(--tint,var(--soft))}",
  ".heading{font-size:15px;font-weight:600}",
  ".line{fill:none;stroke:var(--line);stroke-width:1.4}",
  ".tinted{stroke:var(--tint)}",
  ".guide{stroke:var(--edge);stroke-dasharray:2 4}",
  ".dashed{stroke-dasharray:4 4}",
  ".dot{fill:var(--tint);stroke:var(--page);stroke-width:1.5}",
  ".head{fill:var(--line)}",
].join("\n");

const round = (value: number): string => String(Math.round(value * 10) / 10);

const escapeXml = (value: string): string =>
  value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
