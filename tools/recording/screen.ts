/** How a character is drawn. */
export interface Style {
  /** 0 to 15, as in the escape sequences; undefined for the color of the text. */
  readonly color: number | undefined;
  readonly bold: boolean;
  readonly dim: boolean;
}

/** Characters of a line with the same style. */
export interface Span extends Style {
  readonly column: number;
  readonly text: string;
}

export type Line = readonly Span[];

interface Cell {
  readonly character: string;
  readonly style: Style;
}

const PLAIN: Style = { color: undefined, bold: false, dim: false };
// biome-ignore lint/suspicious/noControlCharactersInRegex: control sequences begin with the escape character
const TOKEN = /\u001b\[(?<parameters>[?\d;]*)(?<control>[A-Za-z])|\u001b[=>]|(?<character>.)/gsu;

/** A terminal that interprets what programs write to it: text, colors, and drawing lines again in place. */
export class Screen {
  readonly #columns: number;
  readonly #rows: number;
  #lines: Cell[][] = [[]];
  #row = 0;
  #column = 0;
  #style = PLAIN;

  constructor(size: { readonly rows: number; readonly columns: number }) {
    this.#rows = size.rows;
    this.#columns = size.columns;
  }

  /** @throws Error for a control sequence that it does not support. */
  write(text: string): void {
    for (const { groups = {} } of text.matchAll(TOKEN)) {
      const { parameters = "", control, character } = groups;
      if (control !== undefined) this.#control(control, parameters);
      else if (character === "\n") this.#lineFeed();
      else if (character === "\r") this.#column = 0;
      else if (character !== undefined && character >= " ") this.#put(character);
    }
  }

  /** What is visible. */
  lines(): Line[] {
    return this.#lines.slice(-this.#rows).map(spansOf);
  }

  #control(control: string, parameters: string): void {
    const count = Math.max(1, Number(parameters) || 0);
    switch (control) {
      case "A":
        this.#row = Math.max(0, this.#lines.length - this.#rows, this.#row - count);
        break;
      case "G":
        this.#column = count - 1;
        break;
      case "K":
        this.#line.length = Math.min(this.#line.length, this.#column);
        break;
      case "J":
        this.#line.length = Math.min(this.#line.length, this.#column);
        this.#lines.length = this.#row + 1;
        break;
      case "m":
        for (const code of parameters.split(";")) this.#style = styled(this.#style, Number(code));
        break;
      case "h":
      case "l":
        break; // Modes, such as a hidden cursor, which is not drawn anyway.
      default:
        throw new Error(`The recorder does not support the control sequence ${parameters}${control}.`);
    }
  }

  get #line(): Cell[] {
    return this.#lines[this.#row] ?? [];
  }

  #put(character: string): void {
    if (this.#column >= this.#columns) {
      this.#lineFeed();
      this.#column = 0;
    }
    while (this.#line.length < this.#column) this.#line.push({ character: " ", style: PLAIN });
    this.#line[this.#column] = { character, style: this.#style };
    this.#column += 1;
  }

  #lineFeed(): void {
    this.#row += 1;
    if (this.#row === this.#lines.length) this.#lines.push([]);
  }
}

/** https://en.wikipedia.org/wiki/ANSI_escape_code#Select_Graphic_Rendition_parameters */
function styled(style: Style, code: number): Style {
  if (code === 0) return PLAIN;
  if (code === 1) return { ...style, bold: true };
  if (code === 2) return { ...style, dim: true };
  if (code === 22) return { ...style, bold: false, dim: false };
  if (code >= 30 && code <= 37) return { ...style, color: code - 30 };
  if (code === 39) return { ...style, color: undefined };
  if (code >= 90 && code <= 97) return { ...style, color: code - 90 + 8 };
  return style;
}

function spansOf(cells: readonly Cell[]): Line {
  const spans: Span[] = [];
  for (const [column, { character, style }] of cells.entries()) {
    const last = spans.at(-1);
    if (last && isSame(last, style)) spans[spans.length - 1] = { ...last, text: last.text + character };
    else spans.push({ ...style, column, text: character });
  }
  return spans.filter(({ text }) => text.trim() !== "");
}

const isSame = (one: Style, other: Style): boolean =>
  one.color === other.color && one.bold === other.bold && one.dim === other.dim;
