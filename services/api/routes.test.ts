import { expect, it } from "vitest";
import { type Route, routeKey, routes } from "./routes.ts";

it("contains every route once, in the syntax of API Gateway", () => {
  const keys = routes.map(routeKey);
  expect(new Set(keys).size).toBe(keys.length);
  for (const { path } of routes) expect(path).toMatch(/^(\/|(\/([a-z_]+|s3|\{[a-zA-Z]+\}))*(\/\{key\+\})?)$/);
});

it("requires authorization for every route but /health", () => {
  const open = routes.filter(({ authorization }) => authorization === "none");
  expect(open.map(routeKey)).toEqual(["GET /health", "HEAD /health"]);
});

/** Routes whose operation checks the grants on each key of the body. */
const checkedByOperation = ["POST /api/delete"];
const rolesOf = ({ access }: Route) => (typeof access === "string" ? [] : "role" in access ? [access] : access);

it("restricts every route with a key by a role", () => {
  for (const route of routes) {
    const inPath = route.path.endsWith("{key+}");
    const elsewhere = /^\/(s3|api\/(copy|move|restore))\b/.test(route.path);
    expect(rolesOf(route).length > 0, route.path).toBe(inPath || elsewhere);
    for (const { keyIn } of rolesOf(route)) expect(keyIn !== undefined, route.path).toBe(elsewhere);
  }
});

it("audits every route of writers, except those that read and sign parts", () => {
  const ofWriters = routes.filter(
    (route) => route.method !== "HEAD" && rolesOf(route).some(({ role }) => role === "writer"),
  );
  expect(ofWriters.filter(({ audit }) => audit === undefined).map(routeKey)).toEqual([
    "GET /s3/multipart/{uploadId}",
    "GET /s3/multipart/{uploadId}/{partNumber}",
    "GET /s3/multipart/{uploadId}/batch",
  ]);
  const audited = routes.filter((route) => route.method !== "HEAD" && route.audit !== undefined);
  const others = audited.filter((route) => !ofWriters.includes(route));
  expect(others.map(routeKey)).toEqual(checkedByOperation);
});

it("has HEAD wherever it has GET, with the same rules", () => {
  const [heads, gets] = (["HEAD", "GET"] as const).map((method) =>
    routes.filter((route) => route.method === method).map(({ method: _, ...rules }) => rules),
  );
  expect(heads).toEqual(gets);
});
