import type { Terminal } from "./terminal.ts";
import { truncate, widthOf } from "./text.ts";

const CLEAR_BELOW = "\u001b[J";
const CLEAR_LINE_END = "\u001b[K";
const moveUp = (lines: number) => (lines > 0 ? `\u001b[${lines}A\r` : "\r");

/**
 * The last lines of a terminal, drawn again in place. They are always fewer than the terminal has, because lines that
 * have scrolled away cannot be drawn again.
 */
export class LiveArea {
  readonly #terminal: Terminal;
  #drawn: readonly string[] = [];

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** The number of lines that can be drawn: one is left for the cursor. */
  get capacity(): number {
    return Math.max(1, this.#terminal.size().rows - 1);
  }

  /** Replaces the lines. Those that do not fit are left out, and long ones are cut. */
  draw(lines: readonly string[]): void {
    const { columns } = this.#terminal.size();
    const fitting = lines.slice(0, this.capacity).map((line) => truncate(line, columns - 1));
    const text = fitting.map((line) => `${line}${CLEAR_LINE_END}\n`).join("");
    this.#terminal.write(`${moveUp(this.#height(columns))}${text}${CLEAR_BELOW}`);
    this.#drawn = fitting;
  }

  /** Leaves the lines where they are. What is written now comes below them. */
  finish(): void {
    this.#drawn = [];
  }

  /** The lines of the terminal that the area takes: more than were drawn, after it has become narrower. */
  #height(columns: number): number {
    return this.#drawn.reduce((sum, line) => sum + Math.max(1, Math.ceil(widthOf(line) / columns)), 0);
  }
}
