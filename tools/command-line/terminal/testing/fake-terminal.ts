import { openTerminal, type Terminal } from "../terminal.ts";

export interface FakeSize {
  readonly rows: number;
  readonly columns: number;
}

/**
 * A terminal that interprets what is written to it, as far as it is used: line breaks, moving up, clearing and colors.
 * Without a size it is a file.
 */
export class FakeTerminal {
  /** All that was written. */
  text = "";
  /** Lines that have left the screen at the top. */
  readonly scrolledAway: string[] = [];
  size: FakeSize | undefined;
  readonly #variables: Readonly<Record<string, string>>;
  #screen: string[] = [""];
  #row = 0;
  #column = 0;

  constructor(size: FakeSize | undefined, variables: Readonly<Record<string, string>> = {}) {
    this.size = size;
    this.#variables = variables;
  }

  open(): Terminal {
    const fake = this;
    const stream = {
      isTTY: this.size !== undefined,
      get rows() {
        return fake.size?.rows ?? 0;
      },
      get columns() {
        return fake.size?.columns ?? 0;
      },
      write: (text: string) => this.#write(text),
    };
    return openTerminal(stream, this.#variables);
  }

  /** What the screen shows, without empty lines at the end. */
  lines(): string[] {
    const last = this.#screen.findLastIndex((line) => line.trim() !== "");
    return this.#screen.slice(0, last + 1).map((line) => line.trimEnd());
  }

  #write(text: string): boolean {
    this.text += text;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control sequences begin with the escape character
    for (const [token, parameter, command] of text.matchAll(/\u001b\[(\d*(?:;\d+)*)([A-Za-z])|./gsu)) {
      if (command !== undefined) this.#control(command, Number(parameter) || 0);
      else if (token === "\n") this.#lineFeed();
      else if (token === "\r") this.#column = 0;
      else this.#put(token);
    }
    return true;
  }

  #control(command: string, parameter: number): void {
    if (command === "A") this.#row = Math.max(0, this.#row - Math.max(1, parameter));
    else if (command === "K") this.#screen[this.#row] = this.#line.slice(0, this.#column);
    else if (command === "J") {
      this.#screen[this.#row] = this.#line.slice(0, this.#column);
      this.#screen.length = this.#row + 1;
    } else if (command !== "m") throw new Error(`The fake terminal does not support ${command}.`);
  }

  get #line(): string {
    return this.#screen[this.#row] ?? "";
  }

  #put(character: string): void {
    if (this.#column >= (this.size?.columns ?? Number.POSITIVE_INFINITY)) this.#lineFeed();
    const line = this.#line.padEnd(this.#column);
    this.#screen[this.#row] = line.slice(0, this.#column) + character + line.slice(this.#column + 1);
    this.#column += 1;
  }

  #lineFeed(): void {
    this.#row += 1;
    this.#column = 0;
    this.#screen[this.#row] ??= "";
    const { rows = Number.POSITIVE_INFINITY } = this.size ?? {};
    while (this.#screen.length > rows) {
      this.scrolledAway.push(this.#screen.shift() ?? "");
      this.#row -= 1;
    }
  }
}
