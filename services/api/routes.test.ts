import { expect, it } from "vitest";
import { routeKey, routes } from "./routes.ts";

it("has every route once, in API Gateway's form", () => {
  const keys = routes.map(routeKey);
  expect(new Set(keys).size).toBe(keys.length);
  for (const { path } of routes) expect(path).toMatch(/^(\/|(\/[a-z_]+)*(\/\{key\+\})?)$/);
});

it("lets nobody but health pass without signing in", () => {
  expect(routes.filter(({ authorization }) => authorization === "none").map(routeKey)).toEqual(["GET /health"]);
});
