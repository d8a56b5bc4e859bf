import { describe, expect, it } from "vitest";
import type { HttpResponse } from "../../lib/http/response.ts";
import type { Grant } from "../../lib/users/grants.ts";
import type { FileRecord } from "./file-record.ts";
import { routeKey, routes } from "./routes.ts";
import { apiEvent, contextOf, createTestApi, type RequestOptions, recordOf } from "./testing/api.ts";

const key = "team-secrets/docs/plan";

/** Requests whose key is not in the path. Another key, which is ignored, is one that everybody may change. */
const keyInQuery: RequestOptions = {
  parameters: { uploadId: "upload-1", partNumber: "1" },
  query: `key=${key}&partNumbers=1&filename=other/x`,
  body: JSON.stringify({ key: "other/x", parts: [{ PartNumber: 1, ETag: "e" }] }),
};
const fromKey: RequestOptions = { body: JSON.stringify({ from: key, to: `${key}-copy` }) };
const restored: RequestOptions = { body: JSON.stringify({ key, version: "v1" }) };
const describedInQuery: RequestOptions = { query: `key=other/x&filename=other/x&metadata[relativePath]=${key}` };
const describedInBody: RequestOptions = {
  query: "key=other/x&filename=other/x",
  body: JSON.stringify({ key: "other/x", filename: "other/x", type: "text/plain", metadata: { name: key } }),
};

/**
 * Every route with every kind of caller. What is expected is written down here once more, independently of the route
 * table and of `lib/users`: a change of either has to be a change of this test.
 */
const expectationsOfGet: Readonly<Record<string, Expectation>> = {
  "GET /": { needs: "sign-in", found: 200, missing: 200 },
  "GET /api/list": { needs: "sign-in", found: 200, missing: 200 },
  "GET /api/search": { needs: "sign-in", found: 200, missing: 200, request: { query: "q=plan" } },
  "GET /{key+}": { needs: "reader", found: 200, missing: 404 },
  "GET /api/files/{key+}": { needs: "reader", found: 200, missing: 404 },
  "GET /api/upload_presigned/{key+}": { needs: "writer", found: 200, missing: 200 },
  "GET /api/download_presigned/{key+}": { needs: "reader", found: 200, missing: 404 },
  "GET /s3/params": { needs: "writer", found: 200, missing: 200, request: describedInQuery },
  "GET /s3/multipart/{uploadId}": { needs: "writer", found: 404, missing: 404, request: keyInQuery },
  "GET /s3/multipart/{uploadId}/{partNumber}": { needs: "writer", found: 200, missing: 200, request: keyInQuery },
  "GET /s3/multipart/{uploadId}/batch": { needs: "writer", found: 200, missing: 200, request: keyInQuery },
  "GET /health": { needs: "nothing", found: 200, missing: 200 },
};

const expectations: typeof expectationsOfGet = {
  ...expectationsOfGet,
  ...Object.fromEntries(
    Object.entries(expectationsOfGet).map(([route, expectation]) => [route.replace("GET", "HEAD"), expectation]),
  ),
  "DELETE /api/files/{key+}": { needs: "writer", found: 204, missing: 204 },
  "POST /api/copy": { needs: "writer", found: 200, missing: 404, request: fromKey },
  "POST /api/move": { needs: "writer", found: 200, missing: 404, request: fromKey },
  "POST /api/restore": { needs: "writer", found: 200, missing: 404, request: restored },
  // Every user may call it; each key is checked by itself, as another test shows.
  "POST /api/delete": {
    needs: "sign-in",
    found: 200,
    missing: 200,
    request: { body: JSON.stringify({ keys: [key] }) },
  },
  "PUT /api/upload/{key+}": { needs: "writer", found: 200, missing: 200 },
  "POST /s3/multipart": { needs: "writer", found: 200, missing: 200, request: describedInBody },
  "POST /s3/multipart/{uploadId}/complete": { needs: "writer", found: 404, missing: 404, request: keyInQuery },
  "DELETE /s3/multipart/{uploadId}": { needs: "writer", found: 404, missing: 404, request: keyInQuery },
};

interface Expectation {
  readonly needs: "nothing" | "sign-in" | "reader" | "writer";
  /** Statuses for an allowed caller, when the file exists and when it does not. */
  readonly found: number;
  readonly missing: number;
  /** By default the key is in the path. */
  readonly request?: RequestOptions;
}

/** Prefixes of grants, and whether a grant on them includes the key. */
const places = {
  "all files": { prefix: "", includesKey: true },
  "the exact folder": { prefix: "team-secrets/docs/", includesKey: true },
  "a parent folder": { prefix: "team-secrets/", includesKey: true },
  "a folder inside the key's folder": { prefix: "team-secrets/docs/drafts/", includesKey: false },
  "a folder with the name of the file": { prefix: "team-secrets/docs/plan/", includesKey: false },
  "another folder": { prefix: "other/", includesKey: false },
  "a folder with which the name of the key's folder begins": { prefix: "team/", includesKey: false },
  "a folder whose name begins with the name of the key's folder": {
    prefix: "team-secrets-2/docs/",
    includesKey: false,
  },
} as const;

const ranks = { nothing: 0, reader: 1, writer: 2, admin: 3 } as const;

interface Caller {
  readonly title: string;
  readonly grants: readonly Grant[];
  /** The role that the caller has on the key. */
  readonly roleOnKey: keyof typeof ranks;
}

const callers: readonly Caller[] = [
  { title: "without grants", grants: [], roleOnKey: "nothing" },
  ...(["reader", "writer", "admin"] as const).flatMap((role) =>
    Object.entries(places).map(
      ([place, { prefix, includesKey }]): Caller => ({
        title: `${role} on ${place}`,
        grants: [{ role, prefix }],
        roleOnKey: includesKey ? role : "nothing",
      }),
    ),
  ),
];

/** What the authorizer passes for the caller, by each way to sign in. */
const contextsOf = ({ grants }: Caller) => [
  contextOf({ grants, method: "password" }),
  contextOf({ grants, method: "key" }),
  contextOf({ grants, method: "session", signedInAt: 1 }),
  contextOf({ grants, method: "oidc", user: "oidc:someone" }),
];

const isAllowed = (needs: Expectation["needs"], { roleOnKey }: Caller): boolean =>
  needs === "nothing" || needs === "sign-in" || ranks[roleOnKey] >= ranks[needs];

/** Sends a request to an API of its own, in which the file exists or not. */
const sendTo = async (route: string, exists: boolean, context: unknown, more?: string) => {
  const api = createTestApi();
  if (exists) {
    await api.objects.put(key, Buffer.from("content"), "text/plain");
    api.catalog.page = { files: [recordOf(key)], more: false };
    api.catalog.names = [key];
  }
  const stored = new Map(api.objects.objects);
  const { request } = expectations[route] ?? {};
  const keyInPath = { ...(route.includes("{key+}") ? { key } : {}), body: "new" };
  const query = more === undefined ? {} : { query: more };
  const response = await api.send(route, { ...(request ?? keyInPath), ...query, context });
  const isUntouched =
    api.calls.bucket === 0 && api.calls.catalog === 0 && stored.get(key) === api.objects.objects.get(key);
  return { response, isUntouched };
};

/** The response without its request ID. */
const withoutId = ({ body = "{}", ...response }: HttpResponse) => ({
  ...response,
  headers: { ...response.headers, "x-request-id": "" },
  body: { ...JSON.parse(body), requestId: "" },
});

it("covers every route, each of which has an access rule", () => {
  expect(routes.map(routeKey).toSorted()).toEqual(Object.keys(expectations).toSorted());
  for (const route of routes) {
    expect(route.access, routeKey(route)).toBeDefined();
    const { needs } = expectations[routeKey(route)] ?? {};
    expect(route.authorization, routeKey(route)).toBe(needs === "nothing" ? "none" : "user");
  }
});

describe.each(Object.entries(expectations))("%s", (route, { needs, found, missing }) => {
  it.each(callers)("$title", async (caller) => {
    for (const context of contextsOf(caller)) {
      const existing = await sendTo(route, true, context);
      const absent = await sendTo(route, false, context);
      if (isAllowed(needs, caller)) {
        expect([existing.response.statusCode, absent.response.statusCode]).toEqual([found, missing]);
      } else {
        expect(existing.response.statusCode).toBe(403);
        expect([existing.isUntouched, absent.isUntouched]).toEqual([true, true]);
        expect(withoutId(existing.response)).toEqual(withoutId(absent.response));
      }
    }
  });
});

describe("requests that no route matches", () => {
  const contexts = [null, { outcome: "rejected" }, ...callers.flatMap(contextsOf)];
  const { path } = apiEvent(`GET /api/files/{key+}`, { key }).requestContext.http;

  it.each([
    ["POST", path, "DELETE, GET, HEAD"],
    ["OPTIONS", path, "DELETE, GET, HEAD"],
    ["DELETE", "/", "GET, HEAD"],
    ["PUT", "/api/list", "GET, HEAD"],
    ["GET", "", null],
  ])(
    "answers %s %s to everybody alike, without a sign-in and without reading anything",
    async (method, path, allow) => {
      for (const context of contexts) {
        const api = createTestApi();
        const event = apiEvent("$default", { context });
        const http = { ...event.requestContext.http, method, path };
        const response = await api.app({ ...event, rawPath: path, requestContext: { ...event.requestContext, http } });
        const [statusCode, code] = allow === null ? [404, "RouteNotFound"] : [405, "MethodNotAllowed"];
        expect(response).toMatchObject({ statusCode, headers: { "content-type": "application/problem+json" } });
        expect(JSON.parse(response.body ?? "")).toMatchObject({ status: statusCode, code });
        expect(response.headers.allow ?? null).toBe(allow);
        expect([api.calls, api.audited]).toEqual([{ bucket: 0, catalog: 0 }, []]);
      }
    },
  );
});

const guarded = Object.keys(expectations).filter((route) => expectations[route]?.needs !== "nothing");
const challenge = { "www-authenticate": expect.stringMatching(/^Basic .*Bearer /) };

describe.each(guarded)("%s without a sign-in", (route) => {
  it.each([
    ["with wrong credentials", { outcome: "rejected" }, 401, challenge],
    ["after too many failures", { outcome: "limited", until: 90_000 }, 429, { "retry-after": "90" }],
    ["without an authorizer", null, 401, challenge],
    ["with a context of another form", { user: "nvclient", role: "admin" }, 401, challenge],
    ["with an unknown role", { ...contextOf(), grants: '[{"role":"owner","prefix":""}]' }, 401, challenge],
    [
      "with a prefix that is no folder",
      { ...contextOf(), grants: '[{"role":"admin","prefix":"team"}]' },
      401,
      challenge,
    ],
  ])("%s", async (_, context, statusCode, headers) => {
    for (const exists of [true, false]) {
      const { response, isUntouched } = await sendTo(route, exists, context);
      expect(response).toMatchObject({ statusCode, headers });
      expect(isUntouched).toBe(true);
    }
  });
});

describe.each([
  ["GET /", undefined],
  ["GET /api/list", undefined],
  ["GET /", "delimiter=/"],
  ["GET /api/list", "delimiter=/"],
  ["GET /api/search", "q=plan"],
])("%s lists the file or not, with the parameters %s", (route, query) => {
  it.each(callers)("$title", async (caller) => {
    for (const context of contextsOf(caller)) {
      const { response, isUntouched } = await sendTo(route, true, context, query);
      const body = JSON.parse(response.body ?? "");
      const listed = (body.files ?? body).map((file: FileRecord) => file.prefix_path);
      expect(listed).toEqual(caller.roleOnKey === "nothing" ? [] : [key]);
      expect(isUntouched).toBe(caller.grants.length === 0);
    }
  });
});

describe("POST /api/delete deletes the file or not", () => {
  it.each(callers)("$title", async (caller) => {
    for (const context of contextsOf(caller)) {
      const mayDelete = isAllowed("writer", caller);
      const existing = await sendTo("POST /api/delete", true, context);
      const absent = await sendTo("POST /api/delete", false, context);
      const result = mayDelete ? { key, status: 204 } : { key, status: 403, code: "Forbidden" };
      expect(JSON.parse(existing.response.body ?? "")).toEqual({ results: [result] });
      expect(existing.response).toEqual(absent.response);
      expect([existing.isUntouched, absent.isUntouched]).toEqual([!mayDelete, !mayDelete]);
    }
  });
});
