import { expect, it } from "vitest";
import { parseFilterPattern } from "./filter-pattern.ts";

const EVENT = {
  level: "ERROR",
  status: 503,
  ok: false,
  user: null,
  audit: { action: "user.create", "client.ip": "10.1.2.3" },
  items: [{ id: 7 }, { id: 8 }],
};

it.each([
  ['{ $.audit.action = "*" }', true],
  ["{ $.audit.action = * }", true],
  ["{$.audit.action=*}", true],
  ["{ $.audit.reason = * }", false],
  ["{ $.audit.action EXISTS }", true],
  ["{ $.audit.reason EXISTS }", false],
  ["{ $.audit.reason NOT EXISTS }", true],
  ['{ $.audit.action = "user.*" }', true],
  ['{ $.audit.action = "group.*" }', false],
  ['{ $.audit.action != "user.create" }', false],
  ["{ $.audit['client.ip'] = 10.1.* }", true],
  ["{ $['audit']['client.ip'] != 10.1.* }", false],
  ["{ $.items[1].id = 8 }", true],
  ["{ $.status >= 500 && $.status < 504 }", true],
  ["{ $.status > 503 }", false],
  ["{ $.status = 503.0 }", true],
  ["{ $.status = 5* }", true],
  ["{ $.status = * }", true],
  ["{ $.audit = * }", false],
  ["{ $.level.length > 1 }", false],
  ["{ $.ok IS FALSE && $.user IS NULL }", true],
  ["{ $.ok IS TRUE || $.items[0].id = 7 }", true],
  ['{ $.level = "INFO" && $.status = 503 || $.ok IS FALSE }', true],
  ['{ $.level = "INFO" && ($.status = 503 || $.ok IS FALSE) }', false],
  ['{ ($.level = "ERROR") && (($.status = 200) || ($.audit.action = "a\\"b") || ($.status <= 503)) }', true],
])("evaluates %s", (pattern, expected) => {
  expect(parseFilterPattern(pattern)(`${JSON.stringify(EVENT)}\n`)).toBe(expected);
});

it("does not match a message that is no JSON", () => {
  expect(parseFilterPattern("{ $.level NOT EXISTS }")("ERROR disk full")).toBe(false);
});

it.each([
  "{ $.a }",
  "{ $.a = }",
  "{ $.a = 1 && }",
  "{ ($.a = 1 }",
  "{ $.a = 1 $.b = 2 }",
  "{ a = 1 }",
  "{ $.a = %x% }",
  "{ $.a[*].b = 1 }",
  "{ $.a = 1",
])("rejects %s", (pattern) => {
  expect(() => parseFilterPattern(pattern)).toThrow(expect.objectContaining({ code: "InvalidParameterException" }));
});
