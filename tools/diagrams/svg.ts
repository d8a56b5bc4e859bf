/** An element of a drawing, already text. */
export type Svg = string;

type Attributes = Readonly<Record<string, string | number | undefined>>;

export function element(name: string, attributes: Attributes, ...children: readonly Svg[]): Svg {
  const told = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escaped(typeof value === "number" ? round(value) : String(value))}"`)
    .join("");
  return children.length === 0 ? `<${name}${told}/>` : `<${name}${told}>${children.join("")}</${name}>`;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const box = (className: string, { x, y, width, height }: Box, radius = 8): Svg =>
  element("rect", { class: className, x, y, width, height, rx: radius });

/** @param anchor which end of the text stands at x. */
export function text(className: string, x: number, y: number, words: string, anchor?: "middle" | "end"): Svg {
  return element("text", { class: className, x, y, "text-anchor": anchor }, escaped(words));
}

export const path = (className: string, d: string, marker?: string): Svg =>
  element("path", { class: className, d, "marker-end": marker && `url(#${marker})` });

/** Points of a path, rounded, so that the same picture is the same text on every machine. */
export const at = (x: number, y: number): string => `${round(x)} ${round(y)}`;

export const dot = (className: string, x: number, y: number, radius: number): Svg =>
  element("circle", { class: className, cx: x, cy: y, r: radius });

/** With words that show under the pointer. */
export const titled = (title: string, ...children: readonly Svg[]): Svg =>
  element("g", {}, element("title", {}, escaped(title)), ...children);

/**
 * A whole drawing with its colors, which follow the reader's light or dark mode.
 *
 * @param description what it shows, for those who do not see it.
 */
export function drawing(width: number, height: number, description: string, children: readonly Svg[]): Svg {
  const head = { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${round(width)} ${round(height)}`, role: "img" };
  const lines = [
    element("title", {}, escaped(description)),
    element("style", {}, STYLE),
    element("defs", {}, arrowhead("arrow"), arrowhead("arrow-accent")),
    box("page", { x: 0.5, y: 0.5, width: width - 1, height: height - 1 }, 12),
    ...children,
  ];
  return `${element("svg", head, `\n${lines.join("\n")}\n`)}\n`;
}

const arrowhead = (id: string): Svg =>
  element(
    "marker",
    { id, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto-start-reverse" },
    element("path", { class: `head ${id}`, d: "M0.5 0.8 7.5 4 0.5 7.2Z" }),
  );

const LIGHT = {
  page: "#ffffff",
  edge: "#d7dde5",
  ink: "#1b2430",
  soft: "#5b6778",
  card: "#ffffff",
  room: "#f4f6f9",
  line: "#7d8aa0",
  accent: "#2563c9",
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
  room: "#161c25",
  line: "#7484a0",
  accent: "#74a8ff",
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
  'text{font:13px ui-sans-serif,-apple-system,"Segoe UI",Helvetica,Arial,sans-serif;fill:var(--ink)}',
  ".page{fill:var(--page);stroke:var(--edge)}",
  ".room{fill:color-mix(in srgb,var(--tint) 7%,var(--page));stroke:color-mix(in srgb,var(--tint) 28%,var(--page))}",
  ".frame{fill:none;stroke:var(--edge);stroke-width:1.5}",
  ".tier{fill:var(--room);stroke:var(--edge)}",
  ".card{fill:var(--card);stroke:color-mix(in srgb,var(--tint) 60%,var(--page));stroke-width:1.25}",
  ".bar{fill:var(--tint)}",
  ".name{font-weight:600}",
  ".tight{font-size:12px;letter-spacing:-.01em}",
  ".small{font-size:11px;fill:var(--soft)}",
  ".label{font-size:11px;font-weight:600;letter-spacing:.06em;fill:var(--tint,var(--soft))}",
  ".heading{font-size:15px;font-weight:600}",
  ".wire{fill:none;stroke:var(--line);stroke-width:1.4}",
  ".bus{fill:none;stroke:var(--edge);stroke-width:1.2}",
  ".tinted{stroke:var(--tint)}",
  ".dashed{stroke-dasharray:4 4}",
  ".plug{fill:var(--tint);stroke:var(--page);stroke-width:1.5}",
  ".head{fill:var(--line)}",
  ".arrow-accent{fill:var(--accent)}",
].join("\n");

const round = (value: number): string => String(Math.round(value * 10) / 10);

const escaped = (words: string): string =>
  words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
