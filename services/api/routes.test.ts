import { expect, it } from "vitest";
import { routeKey, routes } from "./routes.ts";

it("contains every route once, in the syntax of API Gateway", () => {
  const keys = routes.map(routeKey);
  expect(new Set(keys).size).toBe(keys.length);
  for (const { path } of routes) expect(path).toMatch(/^(\/|(\/([a-z_]+|s3|\{[a-zA-Z]+\}))*(\/\{key\+\})?)$/);
});

it("requires authorization for every route but GET /health", () => {
  expect(routes.filter(({ authorization }) => authorization === "none").map(routeKey)).toEqual(["GET /health"]);
});

it("restricts every route with a key by a role", () => {
  for (const { path, access } of routes) {
    const hasKey = path.endsWith("{key+}") || path.startsWith("/s3/");
    expect(typeof access === "object", path).toBe(hasKey);
    expect(typeof access === "object" && access.keyIn !== undefined, path).toBe(path.startsWith("/s3/"));
  }
});

it("audits every route of writers, except those that read and sign parts", () => {
  const unaudited = routes.filter(({ access, audit }) => {
    const isOfWriters = typeof access === "object" && access.role === "writer";
    expect(audit === undefined || isOfWriters || audit === "delete-files").toBe(true);
    return isOfWriters && audit === undefined;
  });
  expect(unaudited.map(routeKey)).toEqual([
    "GET /s3/multipart/{uploadId}",
    "GET /s3/multipart/{uploadId}/{partNumber}",
    "GET /s3/multipart/{uploadId}/batch",
  ]);
});
