import fc from "fast-check";
import { expect, it } from "vitest";
import { parseAuthorization } from "./authorization-header.ts";

const basic = (username: string, password: string): string =>
  `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;

it("restores every username without a colon and every password", () => {
  const name = fc.string({ unit: "grapheme" }).filter((text) => !text.includes(":"));
  fc.assert(
    fc.property(name, fc.string({ unit: "grapheme" }), (username, password) => {
      expect(parseAuthorization(basic(username, password))).toEqual({ scheme: "basic", username, password });
    }),
  );
});

it("parses any header without throwing", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => void parseAuthorization(text)));
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => void parseAuthorization(`Basic ${text}`)));
});

it("matches the scheme case-insensitively", () => {
  expect(parseAuthorization(basic("a", "b").replace("Basic", "bASIC"))).toMatchObject({ scheme: "basic" });
  expect(parseAuthorization("BEARER nvk_a-b")).toEqual({ scheme: "bearer", token: "nvk_a-b" });
});

it.each([
  undefined,
  "",
  "Basic",
  "Basic ",
  "Basic !!!",
  "Basic bnZjbGllbnQ=",
  `Basic ${Buffer.from([0xff, 0x3a, 0xff]).toString("base64")}`,
  `${basic("a", "b")}, Basic x`,
  `Digest ${Buffer.from("a:b").toString("base64")}`,
  "Bearer ",
  "Bearer abc 123",
  `Basic ${"A".repeat(100_000)}`,
])("finds no credentials in %j", (header) => {
  expect(parseAuthorization(header)).toBeUndefined();
});
