import type { Terminal } from "../../command-line/terminal/terminal.ts";

/** Adds colors and weights to a text, where they are wanted. */
export type Paint = Terminal["style"];

/** Terraform's symbols: create, destroy, update, replace (destroy or create first), read. */
export type Mark = "" | "+" | "-" | "~" | "-/+" | "+/-" | "<=";

/** A line of a diff, without its layout. */
export interface DiffLine {
  readonly mark: Mark;
  /** Levels of indentation. */
  readonly depth: number;
  readonly text: string;
  /** What follows the text after a `#`. */
  readonly comment?: string;
  /** `danger` is the title of what destroys something, `note` follows a title. */
  readonly tone?: "title" | "danger" | "note" | "dim";
}

export interface LineOptions {
  /** Columns. A longer `before -> after` becomes two lines, and long values are shortened. */
  readonly width: number;
  /** Show attributes that do not change, and long values in full. */
  readonly verbose: boolean;
}

/** Columns before the text of a line that is not indented. */
export const MARGIN = 4;
/** Columns of a level of indentation. */
export const INDENT = 4;
