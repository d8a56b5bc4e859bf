import { expect, it } from "vitest";
import { routeKey, routes } from "./routes.ts";

it("contains every route once, in the syntax of API Gateway", () => {
  const keys = routes.map(routeKey);
  expect(new Set(keys).size).toBe(keys.length);
  for (const { path } of routes) expect(path).toMatch(/^(\/|(\/[a-z_]+)*(\/\{key\+\})?)$/);
});

it("requires authorization for every route but GET /health", () => {
  expect(routes.filter(({ authorization }) => authorization === "none").map(routeKey)).toEqual(["GET /health"]);
});

it("restricts every route with a key by a role, and audits those of writers", () => {
  for (const { path, access, audit } of routes) {
    expect(typeof access === "object").toBe(path.endsWith("{key+}"));
    expect(audit !== undefined).toBe(typeof access === "object" && access.role === "writer");
  }
});
