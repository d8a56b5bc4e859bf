import { describe, expect, it } from "vitest";
import type { HttpRequest } from "../http/request.ts";
import { type AccessRule, checkAccess, keysOf, requirePrincipal, requireRole } from "./access.ts";
import { toAuthorizerContext } from "./authorizer-context.ts";
import type { Grant } from "./grants.ts";
import type { Principal } from "./principal.ts";

const principalWith = (...grants: readonly Grant[]): Principal => ({ user: "ada", grants, method: "key" });

const requestWith = (authorizerContext: unknown, key?: string): HttpRequest => ({
  id: "request-1",
  routeKey: "GET /{key+}",
  method: "GET",
  path: "/",
  baseUrl: "https://files.example.com",
  pathParameters: { key },
  query: new URLSearchParams(),
  headers: {},
  body: new Uint8Array(),
  authorizerContext,
  sourceIp: "127.0.0.1",
});

const requestOf = (principal: Principal, key?: string): HttpRequest =>
  requestWith(toAuthorizerContext({ outcome: "authenticated", principal }, 0), key);

const forbidden = expect.objectContaining({ status: 403, code: "Forbidden" });

describe("requirePrincipal", () => {
  it("returns the caller", () => {
    const principal: Principal = {
      ...principalWith({ role: "writer", prefix: "a/" }),
      method: "session",
      signedInAt: 5,
    };
    expect(requirePrincipal(requestOf(principal), 0)).toEqual(principal);
  });

  it.each([
    [undefined, "Unauthenticated"],
    [null, "Unauthenticated"],
    [{ user: "ada", role: "admin" }, "Unauthenticated"],
    [{ outcome: "rejected" }, "InvalidCredentials"],
  ])("asks the caller with the context %j for credentials", (context, code) => {
    expect(() => requirePrincipal(requestWith(context), 0)).toThrow(
      expect.objectContaining({
        status: 401,
        code,
        headers: { "www-authenticate": 'Basic realm="Files", charset="UTF-8", Bearer realm="Files"' },
      }),
    );
  });

  it.each([
    [0, "300"],
    [1_001, "299"],
    [299_999, "1"],
    [400_000, "1"],
  ])("asks a limited caller to wait, after %i ms", (now, seconds) => {
    const context = toAuthorizerContext({ outcome: "limited" }, 0);
    expect(() => requirePrincipal(requestWith(context), now)).toThrow(
      expect.objectContaining({ status: 429, code: "TooManyFailedSignIns", headers: { "retry-after": seconds } }),
    );
  });
});

it("requires a role on a key", () => {
  const principal = principalWith({ role: "writer", prefix: "team/" });
  requireRole(principal, "reader", "team/plan");
  requireRole(principal, "writer", "team/plan");
  expect(() => requireRole(principal, "admin", "team/plan")).toThrow(forbidden);
  expect(() => requireRole(principal, "reader", "team-secrets/plan")).toThrow(forbidden);
});

describe("checkAccess", () => {
  const check = (rule: AccessRule, principal: Principal, key?: string) =>
    checkAccess(rule, requestOf(principal, key), 0);

  it("does not read the caller of a public route", () => {
    expect(checkAccess("public", requestWith({ outcome: "rejected" }), 0)).toBeUndefined();
  });

  it("allows every user on a route for users", () => {
    expect(check("signed-in", principalWith())).toEqual(principalWith());
    expect(() => checkAccess("signed-in", requestWith(undefined), 0)).toThrow(expect.objectContaining({ status: 401 }));
  });

  it("allows administrators only on their routes", () => {
    const administrator = principalWith({ role: "admin", prefix: "" });
    expect(check("administrator", administrator)).toEqual(administrator);
    for (const other of [[], [{ role: "admin", prefix: "a/" }], [{ role: "writer", prefix: "" }]] as const) {
      expect(() => check("administrator", principalWith(...other))).toThrow(forbidden);
    }
  });

  it("requires the role on the key in the path, or on all files without a key", () => {
    const rule = { role: "writer" } as const;
    const principal = principalWith({ role: "writer", prefix: "a/" }, { role: "reader", prefix: "" });
    expect(check(rule, principal, "a/x")).toEqual(principal);
    expect(() => check(rule, principal, "b/x")).toThrow(forbidden);
    expect(() => check(rule, principal, "x")).toThrow(forbidden);
    expect(() => check(rule, principal)).toThrow(forbidden);
  });

  it("requires the role on a key in the query or the body, and no other key", () => {
    const principal = principalWith({ role: "writer", prefix: "a/" });
    const inQuery = { role: "writer", keyIn: { query: ["key"] } } as const;
    const inBody = { role: "writer", keyIn: { body: ["filename"] } } as const;
    const request = (query: string, body: string) => ({
      ...requestOf(principal, "a/in-the-path"),
      query: new URLSearchParams(query),
      body: Buffer.from(body),
    });
    expect(checkAccess(inQuery, request("key=a/x", '{"filename":"b/x"}'), 0)).toEqual(principal);
    expect(checkAccess(inBody, request("key=b/x", '{"filename":"a/x"}'), 0)).toEqual(principal);
    expect(() => checkAccess(inQuery, request("key=b/x", '{"filename":"a/x"}'), 0)).toThrow(forbidden);
    expect(() => checkAccess(inBody, request("key=a/x", '{"filename":"b/x"}'), 0)).toThrow(forbidden);
    expect(() => checkAccess(inQuery, request("", ""), 0)).toThrow(
      expect.objectContaining({ status: 400, extensions: { parameter: "key" } }),
    );
    expect(() => checkAccess(inBody, request("", "{}"), 0)).toThrow(
      expect.objectContaining({ status: 400, extensions: { member: "filename" } }),
    );
    expect(keysOf(inQuery, request("key=b/x", ""))).toEqual(["b/x"]);
    expect(keysOf("signed-in", request("key=b/x", ""))).toEqual([]);
  });

  it("allows a basename to users with the role on any file", () => {
    const rule = { role: "writer", orBasename: true } as const;
    const principal = principalWith({ role: "writer", prefix: "a/" });
    expect(check(rule, principal, "x")).toEqual(principal);
    expect(() => check(rule, principal, "b/x")).toThrow(forbidden);
    expect(() => check(rule, principalWith({ role: "reader", prefix: "a/" }), "x")).toThrow(forbidden);
    expect(() => check(rule, principalWith(), "x")).toThrow(forbidden);
  });
});
