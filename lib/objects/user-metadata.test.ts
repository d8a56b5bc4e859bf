import { expect, it } from "vitest";
import { checkUserMetadata, encodeMetadataValue, MAX_METADATA_BYTES } from "./user-metadata.ts";

it("accepts names of headers and values in ASCII", () => {
  expect(checkUserMetadata({ Author: "Ada Lovelace", "x-1": "", encoded: "=?UTF-8?B?w7w=?=" })).toEqual({
    author: "Ada Lovelace",
    "x-1": "",
    encoded: "=?UTF-8?B?w7w=?=",
  });
});

it.each([{ "a b": "x" }, { "": "x" }, { a: "\u00fc" }, { a: "x\ny" }, { a: "\0" }])("rejects %j", (metadata) => {
  expect(() => checkUserMetadata(metadata)).toThrow(expect.objectContaining({ code: "InvalidMetadata" }));
});

it("accepts 2 KB of names and values", () => {
  expect(checkUserMetadata({ ab: "x".repeat(MAX_METADATA_BYTES - 2) })).toBeDefined();
  expect(() => checkUserMetadata({ ab: "x".repeat(MAX_METADATA_BYTES - 1) })).toThrow(
    expect.objectContaining({ code: "MetadataTooLarge" }),
  );
});

it("encodes other characters as in RFC 2047", () => {
  expect(encodeMetadataValue("plain")).toBe("plain");
  expect(encodeMetadataValue("\u00fc")).toBe("=?UTF-8?B?w7w=?=");
});
