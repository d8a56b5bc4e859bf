import { styleText } from "node:util";

/** A style, or several, of `node:util`. */
export type Format = Parameters<typeof styleText>[0];

/** An output for people: a terminal whose lines can be drawn again, or a file. */
export interface Terminal {
  write(text: string): void;
  /** Whether lines can be drawn again in place. */
  readonly isLive: boolean;
  /** Whether symbols beyond ASCII may be used; words say the same elsewhere. */
  readonly hasSymbols: boolean;
  /** Of a terminal, now. */
  size(): { readonly rows: number; readonly columns: number };
  /** The text in color, where color is wanted. */
  style(format: Format, text: string): string;
}

/** What is used of a `WriteStream`. */
export type TerminalStream = Pick<NodeJS.WriteStream, "write"> &
  Partial<Pick<NodeJS.WriteStream, "isTTY" | "rows" | "columns">>;

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Opens a stream as a terminal. `NO_COLOR` (https://no-color.org) and `FORCE_COLOR` (https://force-color.org) decide
 * about color; without them a terminal has color. A dumb terminal and a CI job get plain lines, like a file.
 */
export function openTerminal(stream: TerminalStream, variables: Variables = process.env): Terminal {
  const { CI, TERM } = variables;
  const isInteractive = stream.isTTY === true && TERM !== "dumb" && !isSet(CI);
  const hasColor = wantsColor(variables) ?? isInteractive;
  return {
    write: (text) => void stream.write(text),
    isLive: isInteractive,
    hasSymbols: isInteractive,
    size: () => ({ rows: stream.rows || 24, columns: stream.columns || 80 }),
    style: (format, text) => (hasColor ? styleText(format, text, { validateStream: false }) : text),
  };
}

/** What the variables say about color; undefined when they say nothing. */
function wantsColor({ NO_COLOR, FORCE_COLOR }: Variables): boolean | undefined {
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  return isSet(NO_COLOR) ? false : undefined;
}

function isSet(variable: string | undefined): boolean {
  return variable !== undefined && variable !== "" && variable !== "0" && variable !== "false";
}
