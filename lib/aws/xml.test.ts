import fc from "fast-check";
import { expect, it } from "vitest";
import { elementsOf, escapeXml, parseXml, textOf, type XmlElements } from "./xml.ts";

const rootOf = (document: string): XmlElements => parseXml(document).R as XmlElements;

it("reads lists of any length", () => {
  const count = (content: string) => elementsOf(rootOf(`<R><A>x</A>${content}</R>`), "I").length;
  expect(count("")).toBe(0);
  expect(count("<I/>")).toBe(0);
  expect(count("<I><K>a</K></I>")).toBe(1);
  expect(count("<I><K>a</K></I><I><K>b</K></I>")).toBe(2);
});

it("reads the text of elements only", () => {
  const root = rootOf('<?xml version="1.0"?><R xmlns="http://s3/"><K>&lt;a&#x26;\n b </K><E/><I><K/></I></R>');
  expect(["K", "E", "I", "missing"].map((name) => textOf(root, name))).toEqual(["<a&\n b ", "", undefined, undefined]);
});

it("reads the text that was escaped", () => {
  fc.assert(
    // The parser treats a text of blank lines as indentation.
    fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (text) => {
      expect(textOf(rootOf(`<R><K>x${escapeXml(text)}</K></R>`), "K")).toBe(`x${text}`);
    }),
  );
});

it("rejects a document that is not well-formed", () => {
  expect(() => parseXml("<R><A></R>")).toThrow("mismatched");
});
