import { expect, it } from "vitest";
import type { DiffLine, Mark } from "./diff-line.ts";
import { markdownText, terminalText } from "./format-lines.ts";

const line = (mark: Mark, depth = 0): DiffLine => ({ mark, depth, text: "text" });
const MARKS: readonly Mark[] = ["", "+", "-", "~", "-/+", "+/-", "<="];

it("puts the text of each line into the same column of a terminal", () => {
  const text = terminalText([...MARKS.map((mark) => line(mark)), line("+", 1)], (_format, text) => text);
  expect(text.split("\n")).toEqual([
    "    text",
    "  + text",
    "  - text",
    "  ~ text",
    "-/+ text",
    "+/- text",
    " <= text",
    "      + text",
  ]);
});

it("colors the symbols, the titles and what is dangerous", () => {
  const paint = (style: unknown, text: string) => `<${style}>${text}</>`;
  const lines: DiffLine[] = [
    { mark: "", depth: 0, text: "# a will be destroyed", tone: "danger" },
    { ...line("-/+"), comment: "forces replacement" },
    { mark: "", depth: 1, text: "# hidden", tone: "dim" },
  ];
  expect(terminalText(lines, paint).split("\n")).toEqual([
    "  <bold,red># a will be destroyed</>",
    "<red>-</>/<green>+</> text<red>  # forces replacement</>",
    "        <dim># hidden</>",
  ]);
});

it("puts a symbol that GitHub colors into the first column of Markdown", () => {
  const text = markdownText([...MARKS.map((mark) => line(mark)), { ...line("~", 2), comment: "forces replacement" }]);
  expect(text.split("\n")).toEqual([
    "  text",
    "+ text",
    "- text",
    "! text",
    "- -/+ text",
    "- +/- text",
    "  <= text",
    "!     text # forces replacement",
  ]);
});
