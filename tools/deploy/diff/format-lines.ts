import type { Paint } from "./diff-line.ts";
import { type DiffLine, INDENT, MARGIN, type Mark } from "./diff-line.ts";

/** Lines for a terminal, in Terraform's layout and colors. */
export function terminalText(lines: readonly DiffLine[], paint: Paint): string {
  return lines.map((line) => terminalLine(line, paint)).join("\n");
}

function terminalLine({ mark, depth, text, comment, tone }: DiffLine, paint: Paint): string {
  if (text === "") return "";
  // A title stands where the symbol of its resource is.
  const isTitle = tone === "title" || tone === "danger" || tone === "note";
  const indent = " ".repeat(INDENT * depth + (isTitle ? MARGIN - 2 : MARGIN - 1 - Math.max(mark.length, 0)));
  const symbol = isTitle ? "" : `${paintMark(mark, paint)} `;
  return `${indent}${symbol}${paintText(text, tone, paint)}${comment ? paint("red", `  # ${comment}`) : ""}`;
}

function paintMark(mark: Mark, paint: Paint): string {
  const [destroy, create] = [paint("red", "-"), paint("green", "+")];
  switch (mark) {
    case "+":
      return create;
    case "-":
      return destroy;
    case "-/+":
      return `${destroy}/${create}`;
    case "+/-":
      return `${create}/${destroy}`;
    case "~":
      return paint("yellow", mark);
    case "<=":
      return paint("cyan", mark);
    case "":
      return "";
  }
}

function paintText(text: string, tone: DiffLine["tone"], paint: Paint): string {
  if (tone === "title") return paint("bold", text);
  if (tone === "danger") return paint(["bold", "red"], text);
  return tone === "dim" || tone === "note" ? paint("dim", text) : text;
}

/** Lines for a `diff` block of Markdown, which GitHub colors by the symbol in the first column. */
export function markdownText(lines: readonly DiffLine[]): string {
  return lines.map(markdownLine).join("\n");
}

/** A diff has no symbols for `~` and `-/+`. */
const DIFF_SYMBOLS: Readonly<Record<Mark, string>> = {
  "": " ",
  "+": "+",
  "-": "-",
  "~": "!",
  "-/+": "-",
  "+/-": "-",
  "<=": " ",
};

function markdownLine({ mark, depth, text, comment }: DiffLine): string {
  const replaced = mark.length > 1 ? `${mark} ` : "";
  return `${DIFF_SYMBOLS[mark]} ${"  ".repeat(depth)}${replaced}${text}${comment ? ` # ${comment}` : ""}`.trimEnd();
}
