import { stripVTControlCharacters } from "node:util";

/** SGR sequences, which color text; or one character. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: a color sequence begins with the escape character
const TOKEN = /\u001b\[[\d;]*m|./gsu;

/** Columns that a text without line breaks takes. */
export function widthOf(text: string): number {
  return [...stripVTControlCharacters(text)].length;
}

/** The text, cut to a number of columns with an ellipsis. Its colors end where it is cut. */
export function truncate(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  let left = columns - 1;
  let colored = false;
  let result = "";
  for (const [token] of text.matchAll(TOKEN)) {
    if (token.length > 1 && token.startsWith("\u001b")) colored = true;
    else if (left <= 0) continue;
    else left -= 1;
    result += token;
  }
  return columns > 0 ? insertEllipsis(result, colored) : "";
}

/** The sequences after the last character reset the colors, so the ellipsis is put before them. */
function insertEllipsis(text: string, colored: boolean): string {
  if (!colored) return `${text}…`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: see above
  const end = /(\u001b\[[\d;]*m)*$/.exec(text)?.index ?? text.length;
  return `${text.slice(0, end)}…${text.slice(end)}`;
}

/** `0.4 s`, `38 s`, `2 min 5 s`. */
export function duration(milliseconds: number): string {
  const seconds = milliseconds / 1_000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** `1 stack`, `17 stacks`. */
export function plural(count: number, singular: string): string {
  return `${count} ${singular}${count === 1 ? "" : "s"}`;
}
