import { expect, it } from "vitest";
import { findKey } from "./key-place.ts";

const inQuery = (query: string) =>
  findKey({ query: new URLSearchParams(query), body: new Uint8Array() }, { query: ["metadata[name]", "key"] });
const inBody = (body: string) =>
  findKey(
    { query: new URLSearchParams("filename=q"), body: Buffer.from(body) },
    { body: ["metadata.name", "filename"] },
  );

it("finds the key in the first parameter that is not empty", () => {
  expect(inQuery("key=a%2Fb&metadata[name]=")).toBe("a/b");
  expect(inQuery("key=a&metadata[name]=b")).toBe("b");
  expect(inQuery("key=a&key=b")).toBe("a");
  expect(inQuery("other=a")).toBeUndefined();
});

it("finds the key in the first member that is text and not empty", () => {
  expect(inBody('{"filename":"a","metadata":{"name":"b"}}')).toBe("b");
  expect(inBody('{"filename":"a","metadata":{"name":7}}')).toBe("a");
  expect(inBody('{"filename":"a","metadata":null}')).toBe("a");
  for (const body of ["", "no JSON", "[]", "null", '"filename"', "{}", '{"filename":""}']) {
    expect(inBody(body), body).toBeUndefined();
  }
});

it("does not read inherited members", () => {
  expect(findKey({ query: new URLSearchParams(), body: Buffer.from('"x"') }, { body: ["constructor.name"] })).toBe(
    undefined,
  );
});
