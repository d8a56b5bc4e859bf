import { expect, it } from "vitest";
import { parseMarkdown } from "./browser/markdown.ts";

it("reads headings, paragraphs and lists", () => {
  expect(parseMarkdown("# Title\nFirst\nline\n\n- one\n- two\n\n## Part")).toEqual([
    { kind: "heading", level: 1, content: [{ kind: "text", text: "Title" }] },
    { kind: "paragraph", content: [{ kind: "text", text: "First line" }] },
    { kind: "list", items: [[{ kind: "text", text: "one" }], [{ kind: "text", text: "two" }]] },
    { kind: "heading", level: 2, content: [{ kind: "text", text: "Part" }] },
  ]);
});

it("reads code, strong text and links", () => {
  expect(parseMarkdown("See [api.md](https://example.com/api.md), `docs` or **both**.")).toEqual([
    {
      kind: "paragraph",
      content: [
        { kind: "text", text: "See " },
        { kind: "link", text: "api.md", url: "https://example.com/api.md" },
        { kind: "text", text: ", " },
        { kind: "code", text: "docs" },
        { kind: "text", text: " or " },
        { kind: "strong", text: "both" },
        { kind: "text", text: "." },
      ],
    },
  ]);
});

it("reads links of other schemes as text", () => {
  const text = "[a](javascript:alert(1))";
  expect(parseMarkdown(text)).toEqual([{ kind: "paragraph", content: [{ kind: "text", text }] }]);
});

it("has no blocks without text", () => {
  expect(parseMarkdown(" \n\n ")).toEqual([]);
});
