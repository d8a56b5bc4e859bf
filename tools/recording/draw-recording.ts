import { element, type Svg } from "../diagrams/svg.ts";
import type { Line, Span } from "./screen.ts";

/** What the terminal showed from a time on. */
export interface Frame {
  /** Milliseconds from the beginning. */
  readonly at: number;
  readonly lines: readonly Line[];
}

export interface RecordingOptions {
  readonly rows: number;
  readonly columns: number;
  /** Text alternative for screen readers. */
  readonly description: string;
  /** Longest time that a frame stays, except for the last one, in milliseconds. */
  readonly longestPause: number;
}

const CHARACTER = { width: 8.4, height: 20 };
const PADDING = 16;
/** Seconds that the last frame stays. */
const LAST_FRAME_SECONDS = 12;
/** The 16 colors of a terminal on a dark background, with at least the contrast of WCAG AA. */
const COLORS = [
  ...["#8b949e", "#ff7b72", "#56d364", "#e3b341", "#79c0ff", "#d2a8ff", "#56d4dd", "#e6edf3"],
  ...["#8b949e", "#ffa198", "#7ee787", "#f2cc60", "#a5d6ff", "#e2c5ff", "#b3f0ff", "#ffffff"],
];

/**
 * Draws a recording as one animated SVG, which plays in an `img`. The frames are side by side, and the animation moves
 * the strip by one at a time. Readers who prefer reduced motion see the last frame.
 */
export function drawRecording(frames: readonly Frame[], options: RecordingOptions): Svg {
  const width = Math.ceil(options.columns * CHARACTER.width) + 2 * PADDING;
  const height = options.rows * CHARACTER.height + 2 * PADDING;
  const lines = new LineSymbols();
  const strip = frames.map(({ lines: shown }, index) =>
    element(
      "g",
      { transform: `translate(${index * width} 0)` },
      ...shown.flatMap((line, row) => (line.length > 0 ? [lines.use(line, row)] : [])),
    ),
  );
  const head = { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}`, role: "img" };
  const children = [
    element("title", {}, escapeText(options.description)),
    element("style", {}, styleSheet(secondsOf(frames, options.longestPause), width)),
    element("defs", {}, ...lines.definitions()),
    element("rect", { class: "screen", width, height, rx: 10 }),
    element("g", { class: "strip" }, ...strip),
  ];
  return `${element("svg", head, `\n${children.join("\n")}\n`)}\n`;
}

/** Each different line once; frames refer to them. */
class LineSymbols {
  readonly #ids = new Map<Svg, string>();

  use(line: Line, row: number): Svg {
    const drawn = line.map(drawSpan).join("");
    const id = this.#ids.get(drawn) ?? `l${this.#ids.size}`;
    this.#ids.set(drawn, id);
    return element("use", { href: `#${id}`, y: PADDING + row * CHARACTER.height });
  }

  definitions(): Svg[] {
    return [...this.#ids].map(([drawn, id]) => element("text", { id, y: 15 }, drawn));
  }
}

function drawSpan({ column, text, color, bold, dim }: Span): Svg {
  const leading = text.length - text.trimStart().length;
  const classes = [color === undefined ? "" : `c${color}`, bold ? "b" : "", dim ? "d" : ""].filter(Boolean).join(" ");
  const x = PADDING + (column + leading) * CHARACTER.width;
  return element("tspan", { x, class: classes || undefined }, escapeText(text.trim()));
}

/** When each frame begins. */
function secondsOf(frames: readonly Frame[], longestPause: number): number[] {
  let begin = 0;
  return frames.map(({ at }, index) => {
    begin += Math.min(at - (frames[index - 1]?.at ?? 0), longestPause) / 1_000;
    return begin;
  });
}

function styleSheet(seconds: readonly number[], width: number): string {
  const total = (seconds.at(-1) ?? 0) + LAST_FRAME_SECONDS;
  const end = `transform:translateX(${-(seconds.length - 1) * width}px)`;
  const steps = seconds.map((begin, index) => {
    const percent = ((begin / total) * 100).toFixed(2);
    return `${percent}%{transform:translateX(${-index * width}px)}`;
  });
  return [
    '.screen{fill:#0d1117}text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;',
    "fill:#e6edf3;white-space:pre}.b{font-weight:700}.d{fill:#9198a1}",
    ...COLORS.map((color, index) => `.c${index}{fill:${color}}`),
    `@keyframes play{${steps.join("")}to{${end}}}`,
    `.strip{animation:play ${total.toFixed(1)}s steps(1,end) infinite}`,
    `@media (prefers-reduced-motion:reduce){.strip{animation:none;${end}}}`,
  ].join("");
}

const escapeText = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
