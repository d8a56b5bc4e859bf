import { expect, it } from "vitest";
import { routeKey, routes } from "./routes.ts";

it("contains every route once, in the syntax of API Gateway", () => {
  const keys = routes.map(routeKey);
  expect(new Set(keys).size).toBe(keys.length);
  for (const { path } of routes) expect(path).toMatch(/^(\/|(\/[a-z_]+)*(\/\{key\+\})?)$/);
});

it("requires a user for every route but GET /health and GET /sign_in", () => {
  const others = routes.filter(({ authorization }) => authorization !== "user");
  expect(others.map((route) => [routeKey(route), route.authorization])).toEqual([
    ["GET /sign_in", "optional"],
    ["GET /health", "none"],
  ]);
});
