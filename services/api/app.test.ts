import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DatabaseUnavailableError } from "../../lib/database/database.ts";
import { ObjectStoreError, ObjectStoreUnavailableError } from "../../lib/objects/object-store.ts";
import { type Grant, roles } from "../../lib/users/grants.ts";
import { routeKey, routes } from "./routes.ts";
import { apiEvent, contextOf, createTestApi, type RequestOptions } from "./testing/api.ts";

const problemOf = (body: string | undefined): Record<string, unknown> => JSON.parse(body ?? "");

describe("errors", () => {
  it("returns problem details with 404 for an unknown path", async () => {
    const response = await createTestApi().send("PATCH nowhere");
    expect(response.headers["content-type"]).toBe("application/problem+json");
    expect(problemOf(response.body)).toEqual({
      status: 404,
      title: "Not Found",
      code: "RouteNotFound",
      detail: "There is nothing at this address.",
      instance: "nowhere",
      requestId: "request-1",
    });
  });

  it("returns 503 with Retry-After while the database is unavailable", async () => {
    const { send, catalog } = createTestApi();
    catalog.failure = new DatabaseUnavailableError("connect ECONNREFUSED 10.23.20.4:5432");
    const response = await send("GET /api/list");
    expect(response).toMatchObject({ statusCode: 503, headers: { "retry-after": "2" } });
    expect(problemOf(response.body)).toMatchObject({ code: "DatabaseUnavailable" });
    expect(response.body).not.toContain("10.23");
  });

  it.each([
    [new ObjectStoreUnavailableError("slow down"), 503, "ObjectStoreUnavailable"],
    [new ObjectStoreError("AccessDenied for arn:aws:iam::1:role/x"), 502, "ObjectStoreRefused"],
  ])("hides the details of a bucket error: %s", async (failure, status, code) => {
    const { send, objects } = createTestApi();
    objects.failure = failure;
    const response = await send("GET /{key+}", { key: "a" });
    expect(response.statusCode).toBe(status);
    expect(problemOf(response.body)).toMatchObject({ code });
    expect(response.body).not.toContain("arn:");
  });

  it("logs an internal error and hides its details", async () => {
    const { send, catalog, lines } = createTestApi();
    catalog.failure = new TypeError("undefined is not a function");
    const response = await send("GET /");
    expect(problemOf(response.body)).toMatchObject({ status: 500, code: "InternalError" });
    expect(response.body).not.toContain("undefined");
    expect(lines.join()).toContain("undefined is not a function");
  });
});

describe("audit log", () => {
  const audited = async (route: string, options: RequestOptions, failure?: ObjectStoreError) => {
    const api = createTestApi();
    api.objects.failure = failure;
    await api.send(route, options);
    expect(api.lines.filter((line) => line.includes("Audit"))).toHaveLength(api.audited.length);
    return api.audited;
  };
  const event = { who: "nvclient", target: "team/plan", from: "127.0.0.1", requestId: "request-1" };
  const upload = "PUT /api/upload/{key+}";
  const key = "team/plan";
  const reader = [{ role: "reader", prefix: "" }] as const;

  it.each([
    [upload, "upload-file"],
    ["DELETE /api/files/{key+}", "delete-file"],
    ["GET /api/upload_presigned/{key+}", "presign-upload"],
  ])("records the outcome of %s", async (route, action) => {
    expect(await audited(route, { key })).toEqual([{ ...event, action, outcome: "succeeded" }]);
    const denied = { ...event, action, outcome: "denied" };
    expect(await audited(route, { key, grants: reader })).toEqual([{ ...denied, code: "Forbidden" }]);
    for (const [context, code] of [
      [{ outcome: "rejected" }, "InvalidCredentials"],
      [{ outcome: "limited", until: 1 }, "TooManyFailedSignIns"],
      [null, "Unauthenticated"],
    ]) {
      expect(await audited(route, { key, context })).toEqual([{ ...denied, who: "-", code }]);
    }
  });

  it("records failures with their code", async () => {
    const failed = { ...event, action: "upload-file", outcome: "failed" };
    const unavailable = new ObjectStoreUnavailableError("slow down");
    expect(await audited(upload, { key }, unavailable)).toEqual([{ ...failed, code: "ObjectStoreUnavailable" }]);
    const headers = { "content-type": "text" };
    expect(await audited(upload, { key, headers })).toEqual([{ ...failed, code: "InvalidContentType" }]);
  });

  it.each([
    ["POST /s3/multipart", "start-upload", { body: JSON.stringify({ filename: key }) }],
    ["GET /s3/params", "presign-upload", { query: `filename=${key}` }],
  ])("records the key of %s", async (route, action, options) => {
    expect(await audited(route, options)).toEqual([{ ...event, action, outcome: "succeeded" }]);
  });

  it("records the key of POST /api/restore", async () => {
    const body = JSON.stringify({ key, version: "v1" });
    const failed = { ...event, action: "restore-file", outcome: "failed", code: "VersionNotFound" };
    expect(await audited("POST /api/restore", { body })).toEqual([failed]);
  });

  it.each([
    ["POST /api/copy", "copy-file"],
    ["POST /api/move", "move-file"],
  ])("records both keys of %s", async (route, action) => {
    const body = JSON.stringify({ from: "a", to: key });
    const entry = { ...event, action, details: { source: "a" } };
    expect(await audited(route, { body })).toEqual([{ ...entry, outcome: "failed", code: "FileNotFound" }]);
    expect(await audited(route, { body, grants: reader })).toEqual([
      { ...entry, outcome: "denied", code: "Forbidden" },
    ]);
  });

  it("records every key of POST /api/delete by itself, and then the request", async () => {
    const grants = [{ role: "writer", prefix: "team/" }] as const;
    const body = JSON.stringify({ keys: [key, key, "other/x"] });
    const entry = { ...event, action: "delete-file" };
    const all = { ...event, action: "delete-files", target: "" };
    expect(await audited("POST /api/delete", { body, grants })).toEqual([
      { ...entry, outcome: "succeeded" },
      { ...entry, target: "other/x", outcome: "denied", code: "Forbidden" },
      { ...all, outcome: "succeeded" },
    ]);
    expect(await audited("POST /api/delete", { body: "{}" })).toEqual([
      { ...all, outcome: "failed", code: "InvalidBody" },
    ]);
    expect(await audited("POST /api/delete", { body, context: null })).toMatchObject([
      { ...all, who: "-", outcome: "denied", code: "Unauthenticated" },
    ]);
  });

  it.each([
    ["POST /s3/multipart/{uploadId}/complete", "complete-upload"],
    ["DELETE /s3/multipart/{uploadId}", "abort-upload"],
  ])("records failures of %s", async (route, action) => {
    const body = JSON.stringify({ parts: [{ PartNumber: 1, ETag: "e" }] });
    const options = { query: `key=${key}`, parameters: { uploadId: "unknown" }, body };
    expect(await audited(route, options)).toEqual([{ ...event, action, outcome: "failed", code: "UploadNotFound" }]);
  });

  it("shortens an invalid key", async () => {
    const [entry] = await audited(upload, { key: "a".repeat(9_000) });
    expect(entry).toEqual({
      ...event,
      target: "a".repeat(1_024),
      action: "upload-file",
      outcome: "failed",
      code: "InvalidKey",
    });
  });

  it("has no entry for a request that changes nothing", async () => {
    const api = createTestApi();
    const reading = routes.filter(({ audit }) => audit === undefined);
    for (const route of reading) {
      await api.send(routeKey(route), { key });
      await api.send(routeKey(route), { key, grants: [] });
    }
    expect(reading).toHaveLength(20);
    expect(api.audited).toEqual([]);
  });
});

describe("health", () => {
  const failing = async (): Promise<void> => {
    throw new Error("password authentication failed for user nv_app");
  };
  const passing = async (): Promise<void> => {};

  it.each([
    [passing, passing, 200, "pass"],
    [passing, failing, 200, "warn"],
    [failing, passing, 503, "fail"],
  ])("reports the dependencies, case %#", async (database, cache, statusCode, status) => {
    const { send } = createTestApi([
      { name: "database", check: database },
      { name: "cache", check: cache, optional: true },
    ]);
    const response = await send("GET /health", { context: null });
    expect(response.statusCode).toBe(statusCode);
    expect(problemOf(response.body)).toEqual({
      status,
      checks: {
        database: { status: database === passing ? "pass" : "fail", milliseconds: 0 },
        cache: { status: cache === passing ? "pass" : "fail", milliseconds: 0 },
      },
    });
  });
});

const signedIn = (...grants: Grant[]) => contextOf({ grants });

it("responds to any request with a request ID and no 5xx, and logs no secret", async () => {
  const { app, send, lines, objects } = createTestApi();
  await send("PUT /api/upload/{key+}", { key: "a", body: "x" });
  const anything = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: fc.constantFrom(".", "/", "%", "a", "\0", "\uD800", "2e") }),
    fc.constantFrom("a", "..", "../a", "a".repeat(1025)),
  );
  const headerNames = ["range", "if-range", "if-match", "if-none-match", "if-modified-since", "content-type", "cookie"];
  const queryNames = [
    "limit",
    "cursor",
    "sort",
    "prefix",
    "expires",
    "key",
    "filename",
    "type",
    "partNumbers",
    "q",
    "delimiter",
    "counts",
    "versions",
    "version",
  ];
  const request = fc.record({
    parameters: fc.record({ uploadId: anything, partNumber: fc.oneof(anything, fc.constantFrom("1")) }),
    routeKey: fc.oneof(fc.constantFrom(...routes.map(routeKey)), fc.string()),
    key: anything,
    query: fc.array(fc.tuple(fc.constantFrom(...queryNames), fc.oneof(anything, fc.constantFrom("/", "true")))),
    headers: fc.dictionary(
      fc.constantFrom(...headerNames),
      fc.oneof(anything, fc.constantFrom("bytes=0-0", "bytes=9-", "*")),
    ),
    body: fc.oneof(fc.string(), fc.uint8Array(), fc.json(), fc.constantFrom('{"filename":"a"}', '{"parts":[]}')),
    context: fc.oneof(
      fc.record({ role: fc.constantFrom(...roles), prefix: fc.constantFrom("", "a/") }).map(signedIn),
      fc.constantFrom(null, "admin", { outcome: "rejected" }, { outcome: "limited", until: 1 }, signedIn()),
    ),
    isBase64Encoded: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(request, async ({ query, isBase64Encoded, ...options }) => {
      const wellFormed = query.map(([name, value]): [string, string] => [name, value.toWellFormed()]);
      const rawQueryString = `${new URLSearchParams(wellFormed)}&token=canary-query`;
      const event = apiEvent(options.routeKey, { ...options, query: rawQueryString });
      event.headers.authorization = "Basic canary-authorization";
      const response = await app({ ...event, isBase64Encoded });
      expect(response.statusCode).toBeLessThan(500);
      expect(response.headers["x-request-id"]).toBe("request-1");
      if (response.statusCode >= 400) {
        expect(problemOf(response.body)).toMatchObject({ status: response.statusCode, requestId: "request-1" });
      }
    }),
    { numRuns: 10_000 },
  );
  expect(lines.join()).not.toMatch(/canary-/);
  for (const key of objects.objects.keys()) expect(key).not.toMatch(/(^|\/)\.\.?(\/|$)/);
});
