import { expect, it } from "vitest";
import { Screen } from "./screen.ts";

const shown = (screen: Screen) =>
  screen.lines().map((line) => line.map(({ column, text }) => " ".repeat(column) + text).join("|"));

it("draws lines again in place, and clears what is below", () => {
  const screen = new Screen({ rows: 5, columns: 20 });
  screen.write("one\r\ntwo\r\nthree\r\n");
  screen.write("\u001b[2A\rTWO\u001b[K\r\n\u001b[J");
  expect(shown(screen)).toEqual(["one", "TWO", ""]);
});

it("shows the last rows, and breaks lines at the width", () => {
  const screen = new Screen({ rows: 2, columns: 3 });
  screen.write("abcdef\r\ng");
  expect(shown(screen)).toEqual(["def", "g"]);
});

it("keeps styles, from where they begin to where they end", () => {
  const screen = new Screen({ rows: 1, columns: 20 });
  screen.write("a \u001b[32m\u001b[1mb\u001b[22m\u001b[39m \u001b[2mc\u001b[0md\u001b[?25l");
  expect(screen.lines()).toEqual([
    [
      { column: 0, text: "a ", color: undefined, bold: false, dim: false },
      { column: 2, text: "b", color: 2, bold: true, dim: false },
      { column: 4, text: "c", color: undefined, bold: false, dim: true },
      { column: 5, text: "d", color: undefined, bold: false, dim: false },
    ],
  ]);
});

it("names a control sequence that it does not support", () => {
  expect(() => new Screen({ rows: 1, columns: 1 }).write("\u001b[3S")).toThrow("control sequence 3S");
});
