import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Grant } from "../../lib/users/grants.ts";
import { type Operation, routeKey, routes } from "./routes.ts";
import {
  codeOf,
  contentOf,
  type RequestOptions,
  type SignedIn,
  startUsersApi,
  type UsersApi,
} from "./testing/users-api.ts";

const ADMIN: Grant = { role: "admin", prefix: "" };
const TEAM: Grant = { role: "admin", prefix: "team/" };
const PASSWORD = "correct horse battery";
let api: UsersApi;
/** An administrator. */
let root: SignedIn;
/** Somebody with the role `admin` on a folder. */
let ann: SignedIn;

beforeAll(async () => {
  api = await startUsersApi();
  root = await api.addCaller("root", [ADMIN], PASSWORD);
  ann = await api.addCaller("ann", [TEAM], PASSWORD);
});
afterAll(() => api.remove());
beforeEach(() => {
  api.audit.events.length = 0;
});

/** Who may call a route, written down here once more: a change of the route table has to be a change of this test. */
const accessOfGet: Readonly<Record<string, "signed-in" | "administrator">> = {
  "GET /api/me": "signed-in",
  "GET /api/keys": "signed-in",
  "GET /api/users": "administrator",
  "GET /api/users/{user}": "administrator",
  "GET /api/users/{user}/keys": "administrator",
};
const expectedAccess: typeof accessOfGet = {
  ...accessOfGet,
  ...Object.fromEntries(Object.entries(accessOfGet).map(([name, access]) => [name.replace("GET", "HEAD"), access])),
  "PUT /api/me/password": "signed-in",
  "POST /api/session": "signed-in",
  "DELETE /api/session": "signed-in",
  "POST /api/keys": "signed-in",
  "DELETE /api/keys/{id}": "signed-in",
  "POST /api/users": "administrator",
  "PATCH /api/users/{user}": "administrator",
  "DELETE /api/users/{user}": "administrator",
  "PUT /api/users/{user}/password": "administrator",
  "POST /api/users/{user}/keys": "administrator",
  "DELETE /api/users/{user}/keys/{id}": "administrator",
};

describe("access", () => {
  it("is specified for every route", () => {
    expect(routes.map(routeKey).toSorted()).toEqual(Object.keys(expectedAccess).toSorted());
  });

  const options: RequestOptions = { user: "nobody", id: "unknown" };
  let others: readonly SignedIn[];
  beforeAll(async () => {
    // With access keys, which cost no hash; whether a route accepts them is checked after the grants.
    const callers = { nothing: [], folder: [TEAM], writer: [{ role: "writer", prefix: "" } as const] };
    others = await Promise.all(
      Object.entries(callers).map(async ([name, grants]) => api.addKey(await api.addCaller(name, grants))),
    );
  });

  it.each(Object.entries(expectedAccess))("%s is for callers who are %s", async (name, access) => {
    expect(codeOf(await api.send(undefined, name, options))).toEqual([401, "Unauthenticated"]);
    expect(codeOf(await api.send("rejected", name, options))).toEqual([401, "InvalidCredentials"]);
    const limited = await api.send("limited", name, options);
    expect(codeOf(limited)).toEqual([429, "TooManyFailedSignIns"]);
    expect(limited.headers["retry-after"]).toBe("300");
    for (const caller of others) {
      const isForbidden = codeOf(await api.send(caller, name, options))[1] === "Forbidden";
      expect(isForbidden, caller.principal.user).toBe(access === "administrator");
    }
    expect(codeOf(await api.send(root, name, options))[1]).not.toBe("Forbidden");
  });

  it("records refused changes, and no refused reads", async () => {
    await api.send(ann, "DELETE /api/users/{user}", { user: "root" });
    await api.send(ann, "DELETE /api/users/{user}", { user: "My Password 123!" });
    await api.send("rejected", "POST /api/users");
    await api.send(root, "POST /api/users", { body: "not json" });
    await api.send(ann, "GET /api/users");
    const common = { from: "192.0.2.1", requestId: "request-1" };
    const denied = { ...common, outcome: "denied", code: "Forbidden" };
    expect(api.audit.events).toEqual([
      { ...denied, who: "ann", action: "remove-user", target: "root" },
      { ...denied, who: "ann", action: "remove-user", target: "(invalid name)" },
      { ...denied, who: "-", action: "add-user", target: "(invalid name)", code: "InvalidCredentials" },
      { ...common, who: "root", action: "add-user", target: "root", outcome: "failed", code: "InvalidBody" },
    ]);
  });

  it("does not let an access key change anything, whatever its grants", async () => {
    const key = await api.addKey(root);
    for (const { method, path } of routes) {
      const name = `${method} ${path}`;
      const isRefused = codeOf(await api.send(key, name, { user: "ann", id: "unknown" }))[1] === "KeyNotAccepted";
      expect(isRefused, name).toBe(method !== "GET" && method !== "HEAD");
    }
  });

  it("covers every operation by a route", () => {
    const operations = new Set(routes.map(({ operation }) => operation));
    const all: Record<Operation, true> = {
      "get-me": true,
      "change-my-password": true,
      "create-session": true,
      "end-session": true,
      "list-users": true,
      "add-user": true,
      "get-user": true,
      "change-user": true,
      "remove-user": true,
      "set-password": true,
      "list-keys": true,
      "add-key": true,
      "revoke-key": true,
    };
    expect([...operations].toSorted()).toEqual(Object.keys(all).toSorted());
  });
});

describe("a caller whose sign-in API Gateway has cached", () => {
  const create = (name: string) => ({ body: { name, grants: [ADMIN] } });

  it("cannot change anything after it was disabled or removed", async () => {
    const mallory = await api.addCaller("mallory", [ADMIN], PASSWORD);
    await api.send(root, "PATCH /api/users/{user}", { user: "mallory", body: { state: "disabled", grants: [] } });
    const restore = await api.send(mallory, "PATCH /api/users/{user}", {
      user: "mallory",
      body: { state: "active", grants: [ADMIN] },
    });
    expect(codeOf(restore)).toEqual([401, "InvalidCredentials"]);
    await api.send(root, "DELETE /api/users/{user}", { user: "mallory" });
    expect(codeOf(await api.send(mallory, "POST /api/users", create("backdoor")))).toEqual([401, "InvalidCredentials"]);
    expect(codeOf(await api.send(mallory, "POST /api/session"))).toEqual([401, "InvalidCredentials"]);
    await api.send(root, "POST /api/users", { body: { name: "mallory" } });
    expect(codeOf(await api.send(mallory, "POST /api/session"))).toEqual([401, "InvalidCredentials"]);
  });

  it("has no more grants for a change than now", async () => {
    const caller = await api.addCaller("demoted", [ADMIN]);
    await api.send(root, "PATCH /api/users/{user}", { user: "demoted", body: { grants: [] } });
    expect(codeOf(await api.send(caller, "POST /api/users", create("other")))).toEqual([403, "Forbidden"]);
    const key = { body: { name: "wide", grants: [TEAM] } };
    expect(codeOf(await api.send(caller, "POST /api/keys", key))).toEqual([403, "GrantTooWide"]);
  });

  it("cannot use the old password or an ended session for a new session or key", async () => {
    const caller = await api.addCaller("late", [TEAM], PASSWORD);
    const { token } = contentOf(await api.send(caller, "POST /api/session"));
    const session: SignedIn = {
      principal: { ...caller.principal, method: "session", signedInAt: api.clock.now() },
      authorization: `Bearer ${token}`,
    };
    expect(await api.send(session, "DELETE /api/session")).toMatchObject({ statusCode: 204 });
    expect(codeOf(await api.send(session, "POST /api/session"))).toEqual([401, "InvalidCredentials"]);
    await api.send(root, "PUT /api/users/{user}/password", { user: "late" });
    expect(codeOf(await api.send(caller, "POST /api/session"))).toEqual([401, "InvalidCredentials"]);
    expect(codeOf(await api.send(caller, "POST /api/keys", { body: { name: "a" } }))).toEqual([
      401,
      "InvalidCredentials",
    ]);
  });

  it("is not signed in after its credentials have expired", async () => {
    const expired = { ...ann, principal: { ...ann.principal, method: "key", expiresAt: api.clock.now() } } as const;
    expect(codeOf(await api.send(expired, "GET /api/me"))).toEqual([401, "InvalidCredentials"]);
  });
});

describe("the error of an invalid body", () => {
  it.each([
    ["not json", "The body is not valid JSON."],
    [[], "The body must be an object."],
    [{}, "The member name is missing."],
    [{ name: "dan", Password: "x" }, "There is no member Password."],
    [{ name: 5 }, "The member name must be string."],
    [{ name: "dan", grants: [{ role: "writer" }] }, "The member grants.0.prefix is missing."],
    [{ name: "dan", grants: [{ role: "owner", prefix: "" }] }, 'The role "owner" is not one of'],
    [{ name: "dan", grants: [{ role: "reader", prefix: "team" }] }, "must be empty or end with a slash"],
    [{ name: "dan", grants: [{ role: "reader", prefix: "/team/" }] }, "The prefix starts with a slash."],
    [{ name: "Dan" }, "A user name has"],
    [{ name: "ann" }, "There is already a user ann."],
  ])("names what is wrong with %j", async (body, detail) => {
    const response = await api.send(root, "POST /api/users", { body });
    expect([400, 409]).toContain(response.statusCode);
    expect(contentOf(response).detail).toContain(detail);
  });

  it("comes at once for a list of grants that would take long to check", async () => {
    const grants = Array.from({ length: 60_000 }, (_, index) => ({ role: "reader", prefix: `${index}/` }));
    const response = await api.send(root, "POST /api/users", { body: { name: "dan", grants } });
    expect(codeOf(response)).toEqual([400, "InvalidBody"]);
    expect(contentOf(response).detail).toContain("The member grants must be <=50.");
  });

  it("does not show a password", async () => {
    const response = await api.send(root, "POST /api/users", { body: { name: "dan", password: ["canary-password"] } });
    expect(response.body).not.toContain("canary-password");
  });
});

it("responds with 404 to an unknown route and with 503 while DynamoDB does not respond", async () => {
  expect(codeOf(await api.send(root, "POST /nowhere"))).toEqual([404, "RouteNotFound"]);
  const broken = await startUsersApi();
  await broken.remove();
  const response = await broken.send(root, "GET /api/users");
  expect(codeOf(response)).toEqual([503, "UserStoreUnavailable"]);
  expect(response.headers["retry-after"]).toBe("2");
});
