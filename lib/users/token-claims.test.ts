import { describe, expect, it } from "vitest";
import { findClaim, grantsOf, userOf } from "./token-claims.ts";

describe("userOf", () => {
  it.each([
    [{ email: "alice@example.com", email_verified: true }, "email", "oidc:alice@example.com"],
    [{ email: "alice@example.com", email_verified: "true" }, "email", "oidc:alice@example.com"],
    [{ email_verified: false, sub: "a1" }, "sub", "oidc:a1"],
    [{ preferred_username: "Ünal 🎉" }, "preferred_username", "oidc:Ünal 🎉"],
    [{ name: "x".repeat(128) }, "name", `oidc:${"x".repeat(128)}`],
  ])("identifies the user of %j by %s", (claims, userClaim, user) => {
    expect(userOf(claims, userClaim)).toBe(user);
  });

  it.each([
    [{}, "email"],
    [{ email: "alice@example.com" }, "email"],
    [{ email: "alice@example.com", email_verified: false }, "email"],
    [{ email: "alice@example.com", email_verified: "false" }, "email"],
    [{ email: ["alice@example.com"] }, "email"],
    [{ email: null }, "email"],
    [{ name: "" }, "name"],
    [{ name: "x".repeat(129) }, "name"],
    [{ name: "a\nb" }, "name"],
    [{ name: "a\u0000" }, "name"],
    [{ name: "a\u009b" }, "name"],
    [{ name: "a\u200b" }, "name"],
    [{ name: "a\u202eb" }, "name"],
    [{ name: "a\ud800" }, "name"],
    [{}, "constructor.name"],
  ])("identifies nobody by %j and %s", (claims, userClaim) => {
    expect(userOf(claims, userClaim)).toBeUndefined();
  });
});

describe("grantsOf", () => {
  const grants = [
    { value: "developers", role: "writer", prefix: "team/" },
    { value: "developers", role: "reader", prefix: "shared/" },
    { value: "staff", role: "reader", prefix: "team/" },
  ] as const;
  const of = (groups: unknown) => grantsOf({ groups }, { grantsClaim: "groups", grants: [...grants] });

  it("grants everything that is mapped to the values, without what another grant includes", () => {
    const developer = [
      { role: "reader", prefix: "shared/" },
      { role: "writer", prefix: "team/" },
    ];
    expect(of("developers")).toEqual(developer);
    expect(of(["other", "developers", "staff", "developers"])).toEqual(developer);
    expect(of(["staff"])).toEqual([{ role: "reader", prefix: "team/" }]);
  });

  it.each([undefined, null, "", "Developers", "developers staff", [], [["developers"]], { developers: true }, 7])(
    "grants nothing for %j",
    (groups) => expect(of(groups)).toEqual([]),
  );
});

describe("findClaim", () => {
  it.each([
    [{ "cognito:groups": ["a"] }, "cognito:groups"],
    [{ "https://example.com/groups": ["a"] }, "https://example.com/groups"],
    [{ realm_access: { roles: ["a"] } }, "realm_access.roles"],
    [{ resource_access: { "files.example": { roles: ["a"] } } }, "resource_access.files.example.roles"],
    [{ "a.b": ["a"], a: { b: ["not this one"] } }, "a.b"],
  ])("finds in %j the claim %s", (claims, name) => {
    expect(findClaim(claims, name)).toEqual(["a"]);
  });

  it.each([
    [{ realm_access: null }, "realm_access.roles"],
    [{ realm_access: "roles" }, "realm_access.length"],
    [{ realm_access: ["a"] }, "realm_access.0"],
    [{ a: {} }, "a.constructor.name"],
    [{}, "__proto__"],
    [{}, "__proto__.constructor"],
    [{}, "."],
  ])("finds nothing in %j for %s", (claims, name) => {
    expect(findClaim(claims, name)).toBeUndefined();
  });
});
