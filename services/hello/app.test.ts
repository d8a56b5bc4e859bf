import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import type { ApiEvent } from "../../lib/http/request.ts";
import { silentLog } from "../../lib/log/testing/silent-log.ts";
import { noTracer } from "../../lib/tracing/tracer.ts";
import { createApp } from "./app.ts";
import { routeKey, routes } from "./routes.ts";
import { MemoryPersonStore } from "./testing/memory-person-store.ts";

let people: MemoryPersonStore;
let now: number;

beforeEach(() => {
  people = new MemoryPersonStore();
  now = Date.parse("2026-11-21T10:00:00Z");
});

/** Sends a request like API Gateway would route it. */
async function send(method: string, path: string, body?: string, headers: Record<string, string> = {}) {
  const [, username] = /^\/hello\/([^/]+)$/.exec(path) ?? [];
  const route = username === undefined ? path : "/hello/{username}";
  const keys = routes.map(routeKey);
  const routeKeyOfRequest = [`${method} ${route}`, `ANY ${route}`].find((key) => keys.includes(key)) ?? "ANY /{path+}";
  const event = {
    version: "2.0",
    routeKey: routeKeyOfRequest,
    rawPath: path,
    rawQueryString: "",
    headers,
    body,
    isBase64Encoded: false,
    pathParameters: username === undefined ? undefined : { username: decodeURIComponent(username) },
    requestContext: { requestId: "r-1", stage: "live", http: { method } },
  } as unknown as ApiEvent;
  const response = await createApp(people, { now: () => now }, silentLog, noTracer)(event);
  return { ...response, json: response.body ? (JSON.parse(response.body) as Record<string, unknown>) : undefined };
}

const put = (username: string, dateOfBirth: unknown) =>
  send("PUT", `/hello/${username}`, JSON.stringify({ dateOfBirth }));

describe("greeting", () => {
  it("greets with the number of days, and with 'Happy birthday!' on the day", async () => {
    expect(await put("Ada", "1990-11-26")).toMatchObject({ statusCode: 204 });
    expect(await send("GET", "/hello/Ada")).toMatchObject({
      statusCode: 200,
      json: { message: "Hello, Ada! Your birthday is in 5 day(s)" },
      headers: { "content-type": "application/json" },
    });
    now = Date.parse("2026-11-25T23:59:59.999Z");
    expect((await send("GET", "/hello/Ada")).json?.message).toBe("Hello, Ada! Your birthday is in 1 day(s)");
    now += 1;
    expect((await send("GET", "/hello/Ada")).json?.message).toBe("Hello, Ada! Happy birthday!");
    now = Date.parse("2026-11-27T00:00:00Z");
    expect((await send("GET", "/hello/Ada")).json?.message).toBe("Hello, Ada! Your birthday is in 364 day(s)");
  });

  it("greets the person saved last under a name and returns 404 after a deletion", async () => {
    await put("Ada", "1990-11-26");
    await put("Ada", "1990-11-22");
    expect((await send("GET", "/hello/Ada")).json?.message).toContain("in 1 day(s)");
    expect((await send("GET", "/hello/ada")).statusCode).toBe(404);
    expect(await send("DELETE", "/hello/Ada")).toMatchObject({ statusCode: 204 });
    expect(await send("GET", "/hello/Ada")).toMatchObject({ statusCode: 404, json: { code: "UnknownUser" } });
    expect(await send("DELETE", "/hello/Ada")).toMatchObject({ statusCode: 204 });
  });

  it("requires caches to revalidate and returns 304 while the greeting is unchanged", async () => {
    await put("Ada", "1990-11-26");
    const { headers } = await send("GET", "/hello/Ada");
    expect(headers["cache-control"]).toBe("max-age=0, must-revalidate, stale-if-error=0");
    const etag = headers.etag ?? "";
    for (const tags of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
      const again = await send("GET", "/hello/Ada", undefined, { "if-none-match": tags });
      expect(again).toMatchObject({ statusCode: 304, headers: { etag } });
      expect(again.body).toBeUndefined();
    }
    now += 24 * 3_600_000;
    expect((await send("GET", "/hello/Ada", undefined, { "if-none-match": etag })).statusCode).toBe(200);
    expect((await send("GET", "/hello/Bob")).headers["cache-control"]).toBe("no-store");
  });
});

describe("validation", () => {
  it.each(["ada1", "a-b", "é", "a%20b", "a%0A", "%00", "a".repeat(2049)])(
    "rejects the username %s",
    async (username) => {
      for (const method of ["GET", "HEAD", "PUT", "DELETE"]) {
        const response = await send(method, `/hello/${username}`, '{"dateOfBirth":"1990-01-01"}');
        expect(response).toMatchObject({
          statusCode: 400,
          json: { code: "InvalidUsername", status: 400, requestId: "r-1" },
        });
        expect(response.headers["content-type"]).toBe("application/problem+json");
      }
      expect(people.people.size).toBe(0);
    },
  );

  it.each([
    "2026-11-21",
    "2026-11-22",
    "2027-01-01",
    "9999-12-31",
    "2026-02-29",
    "1990-13-01",
    "1990-1-1",
    "yesterday",
    "",
  ])("rejects the date of birth %j", async (dateOfBirth) => {
    expect(await put("Ada", dateOfBirth)).toMatchObject({ statusCode: 400, json: { code: "InvalidDateOfBirth" } });
    expect(people.people.size).toBe(0);
  });

  it("accepts the date of yesterday", async () => {
    expect(await put("Ada", "2026-11-20")).toMatchObject({ statusCode: 204 });
    now = Date.parse("2026-11-22T00:00:00Z");
    expect(await put("Ada", "2026-11-21")).toMatchObject({ statusCode: 204 });
  });

  it.each([
    undefined,
    "",
    "{",
    "null",
    "[]",
    "1",
    '"1990-01-01"',
    "{}",
    '{"dateOfBirth":null}',
    '{"dateOfBirth":19900101}',
  ])("rejects the body %j", async (body) => {
    expect(await send("PUT", "/hello/Ada", body)).toMatchObject({ statusCode: 400, json: { code: "InvalidBody" } });
  });

  it("rejects other methods and paths", async () => {
    expect(await send("POST", "/hello/Ada", "{}")).toMatchObject({
      statusCode: 405,
      headers: { allow: "GET, HEAD, PUT, DELETE" },
      json: { code: "MethodNotAllowed" },
    });
    for (const path of ["/", "/hello", "/hello/", "/hello/Ada/x"]) {
      expect(await send("GET", path)).toMatchObject({
        statusCode: 404,
        json: { code: "RouteNotFound", instance: path },
      });
    }
  });

  it("returns 503 while the table is unavailable", async () => {
    people.isAvailable = false;
    for (const [method, path] of [
      ["GET", "/hello/Ada"],
      ["DELETE", "/hello/Ada"],
      ["GET", "/health"],
    ] as const) {
      expect(await send(method, path)).toMatchObject({ statusCode: 503, headers: { "retry-after": "1" } });
    }
    people.isAvailable = true;
    expect(await send("GET", "/health")).toMatchObject({ statusCode: 200 });
  });
});

it("responds to any request without a 5xx", async () => {
  const methods = fc.constantFrom("GET", "HEAD", "PUT", "DELETE", "POST", "PATCH");
  const bodies = fc.oneof(
    fc.string(),
    fc.json(),
    fc.string().map((dateOfBirth) => JSON.stringify({ dateOfBirth })),
  );
  await fc.assert(
    fc.asyncProperty(methods, fc.string({ minLength: 1 }), bodies, async (method, name, body) => {
      const { statusCode } = await send(method, `/hello/${encodeURIComponent(name)}`, body);
      expect(statusCode).toBeLessThan(500);
      if (!/^[A-Za-z]+$/.test(name)) expect([400, 404, 405]).toContain(statusCode);
    }),
    { numRuns: 2_000 },
  );
});
