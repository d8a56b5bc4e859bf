import fc from "fast-check";
import { expect, it } from "vitest";
import { AUTHORIZER_CACHE_SECONDS, readAuthorizerContext, toAuthorizerContext } from "./authorizer-context.ts";
import { roles } from "./grants.ts";
import type { Principal } from "./principal.ts";

const grant = fc.record({
  role: fc.constantFrom(...roles),
  prefix: fc.oneof(
    fc.constant(""),
    fc.string({ unit: "binary" }).map((text) => `${text}/`),
  ),
});
const method = fc.constantFrom("password", "key", "session", "oidc");
const principal: fc.Arbitrary<Principal> = fc.record(
  {
    user: fc.string({ minLength: 1 }),
    grants: fc.array(grant, { maxLength: 5 }),
    method,
    signedInAt: fc.nat(Number.MAX_SAFE_INTEGER),
  },
  { requiredKeys: ["user", "grants", "method"] },
);

/** A context on its way through API Gateway: JSON, in which numbers may have become text. */
const pass = (context: object, numbersAsText = false): unknown =>
  JSON.parse(JSON.stringify(context, (_, value) => (numbersAsText && typeof value === "number" ? `${value}` : value)));

it("restores every caller", () => {
  fc.assert(
    fc.property(principal, fc.boolean(), (caller, numbersAsText) => {
      const context = toAuthorizerContext({ outcome: "authenticated", principal: caller }, 0);
      expect(Object.values(context).every((value) => typeof value === "string" || typeof value === "number")).toBe(
        true,
      );
      expect(readAuthorizerContext(pass(context, numbersAsText))).toEqual({
        outcome: "authenticated",
        principal: caller,
      });
    }),
  );
});

it.each([false, true])("restores refusals, with numbers as text: %s", (numbersAsText) => {
  const restore = (outcome: "rejected" | "limited") =>
    readAuthorizerContext(pass(toAuthorizerContext({ outcome }, 1_000), numbersAsText));
  expect(restore("rejected")).toEqual({ outcome: "rejected" });
  expect(restore("limited")).toEqual({ outcome: "limited", until: 1_000 + AUTHORIZER_CACHE_SECONDS * 1_000 });
});

const valid = { outcome: "authenticated", user: "ada", grants: "[]", method: "key" } as const;

it("accepts a caller without grants", () => {
  expect(readAuthorizerContext(valid)).toEqual({
    outcome: "authenticated",
    principal: { user: "ada", grants: [], method: "key" },
  });
});

it.each([
  undefined,
  null,
  "authenticated",
  [],
  {},
  { user: "ada", role: "admin" },
  { outcome: "anonymous" },
  { outcome: "limited" },
  { outcome: "limited", until: "soon" },
  { outcome: "limited", until: null },
  { ...valid, user: "" },
  { ...valid, user: 1 },
  { ...valid, grants: undefined },
  { ...valid, grants: [] },
  { ...valid, grants: "" },
  { ...valid, grants: "{" },
  { ...valid, grants: "null" },
  { ...valid, grants: '{"role":"admin","prefix":""}' },
  { ...valid, grants: '[{"role":"owner","prefix":""}]' },
  { ...valid, grants: '[{"role":"admin"}]' },
  { ...valid, grants: '[{"prefix":""}]' },
  { ...valid, grants: '[{"role":"admin","prefix":"team"}]' },
  { ...valid, method: "token" },
  { ...valid, method: undefined },
  { ...valid, signedInAt: "today" },
])("knows no caller by %j", (context) => {
  expect(readAuthorizerContext(context)).toBeUndefined();
});

it("knows no caller by any other value", () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      expect(readAuthorizerContext(value)).toBeUndefined();
    }),
  );
});
