import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { HttpResponse } from "../../lib/http/response.ts";
import type { Principal } from "../../lib/users/principal.ts";
import { type Operation, routeKey, routes } from "./routes.ts";
import { type RequestOptions, startUsersApi, type UsersApi } from "./testing/users-api.ts";

const root: Principal = { user: "root", grants: [{ role: "admin", prefix: "" }], method: "password" };
const ann: Principal = { user: "ann", grants: [{ role: "admin", prefix: "team/" }], method: "password" };
const actor = { who: "test", from: "test" };
const PASSWORD = "correct horse battery";
let api: UsersApi;

beforeAll(async () => {
  api = await startUsersApi();
  await api.directory.add(actor, "root", { grants: root.grants });
  await api.directory.add(actor, "ann", { grants: ann.grants, password: PASSWORD });
});
afterAll(() => api.remove());
beforeEach(() => {
  api.audit.events.length = 0;
});

const contentOf = ({ body }: HttpResponse) => JSON.parse(body ?? "null");
const codeOf = (response: HttpResponse) => [response.statusCode, contentOf(response)?.code];

describe("access", () => {
  it.each(routes.map((route) => [routeKey(route), route] as const))("%s follows its rule", async (name, route) => {
    const options: RequestOptions = { user: "nobody", id: "unknown" };
    expect(codeOf(await api.send(undefined, name, options))).toEqual([401, "Unauthenticated"]);
    expect(codeOf(await api.send("rejected", name, options))).toEqual([401, "InvalidCredentials"]);
    const limited = await api.send("limited", name, options);
    expect(codeOf(limited)).toEqual([429, "TooManyFailedSignIns"]);
    expect(limited.headers["retry-after"]).toBe("300");
    for (const grants of [[], ann.grants, [{ role: "writer", prefix: "" } as const]]) {
      const isForbidden = codeOf(await api.send({ ...ann, grants }, name, options))[1] === "Forbidden";
      expect(isForbidden).toBe(route.access === "administrator");
    }
    expect(codeOf(await api.send(root, name, options))[1]).not.toBe("Forbidden");
  });

  it("records a refused change, and no refused read", async () => {
    await api.send(ann, "DELETE /api/users/{user}", { user: "root" });
    await api.send(ann, "GET /api/users");
    expect(api.audit.events).toEqual([
      {
        who: "ann",
        action: "remove-user",
        target: "root",
        from: "192.0.2.1",
        outcome: "denied",
        code: "Forbidden",
        requestId: "request-1",
      },
    ]);
  });

  it("does not let an access key change anything, whatever its grants", async () => {
    const key: Principal = { ...root, method: "key" };
    for (const { method, path, access } of routes) {
      const name = `${method} ${path}`;
      const isRefused = codeOf(await api.send(key, name, { user: "ann", id: "unknown" }))[1] === "KeyNotAccepted";
      expect(isRefused, `${name} ${access}`).toBe(method !== "GET");
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

describe("the caller", () => {
  it("sees who it is and what it may do", async () => {
    const response = await api.send(ann, "GET /api/me");
    expect(response.headers["cache-control"]).toBe("no-store");
    expect(contentOf(response)).toEqual({
      user: "ann",
      method: "password",
      grants: ann.grants,
      administrator: false,
    });
    expect(contentOf(await api.send(root, "GET /api/me"))).toMatchObject({ administrator: true });
  });

  it("changes its password if it knows the current one", async () => {
    const change = (current_password: string, new_password: string) =>
      api.send(ann, "PUT /api/me/password", { body: { current_password, new_password } });
    expect(codeOf(await change("wrong", "new password 123"))).toEqual([403, "WrongPassword"]);
    expect(codeOf(await change(PASSWORD, "short"))).toEqual([400, "InvalidPassword"]);
    expect(await change(PASSWORD, "new password 123")).toMatchObject({ statusCode: 204 });
    expect(await change("new password 123", PASSWORD)).toMatchObject({ statusCode: 204 });
    expect(JSON.stringify(api.audit.events)).not.toMatch(/password 123|correct horse/);
  });

  it("cannot guess its password without limit", async () => {
    await api.send(root, "POST /api/users", { body: { name: "guessed", password: PASSWORD } });
    const guess = () =>
      api.send({ ...ann, user: "guessed" }, "PUT /api/me/password", {
        body: { current_password: "wrong", new_password: "new password 123" },
      });
    for (let attempt = 0; attempt < 10; attempt += 1) await guess();
    const limited = await guess();
    expect(codeOf(limited)).toEqual([429, "TooManyFailedSignIns"]);
    expect(limited.headers["retry-after"]).toBe("300");
  });

  it("starts a session, uses it, and ends it", async () => {
    const created = await api.send(ann, "POST /api/session");
    expect(created.statusCode).toBe(201);
    const { token, expires, expires_in } = contentOf(created);
    expect([token, expires, expires_in]).toEqual([
      expect.stringMatching(/^nvs_/),
      new Date(api.clock.now() + 900_000).toISOString(),
      900,
    ]);
    const signedIn = await api.authenticator.authenticate({ scheme: "bearer", token }, "192.0.2.1");
    if (signedIn.outcome !== "authenticated") throw new Error(signedIn.outcome);
    const authorization = `Bearer ${token}`;
    expect(await api.send(signedIn.principal, "DELETE /api/session", { authorization })).toMatchObject({
      statusCode: 204,
    });
    expect(await api.authenticator.authenticate({ scheme: "bearer", token }, "192.0.2.1")).toEqual({
      outcome: "rejected",
    });
    expect(codeOf(await api.send(ann, "DELETE /api/session"))).toEqual([400, "NoSession"]);
  });

  it("has access keys of its own", async () => {
    const body = {
      name: "laptop",
      grants: [{ role: "reader", prefix: "team/plans/" }],
      expires: "2026-02-01T00:00:00Z",
    };
    const created = contentOf(await api.send(ann, "POST /api/keys", { body }));
    expect(created).toMatchObject({
      ...body,
      expires: "2026-02-01T00:00:00.000Z",
      token: expect.stringMatching(/^nvk_/),
    });
    const { token, ...key } = created;
    expect(contentOf(await api.send(ann, "GET /api/keys"))).toEqual([key]);
    expect(codeOf(await api.send(ann, "POST /api/keys", { body: { name: "wide", grants: root.grants } }))).toEqual([
      403,
      "GrantTooWide",
    ]);
    expect(codeOf(await api.send(root, "DELETE /api/keys/{id}", { id: key.id }))).toEqual([404, "KeyNotFound"]);
    expect(await api.send(ann, "DELETE /api/keys/{id}", { id: key.id })).toMatchObject({ statusCode: 204 });
    expect(contentOf(await api.send(ann, "GET /api/keys"))).toEqual([]);
  });
});

describe("administrators", () => {
  it("add, change, list and remove users", async () => {
    const grants = [{ role: "writer", prefix: "team/" }];
    const created = await api.send(root, "POST /api/users", { body: { name: "bob", grants } });
    expect(created.statusCode).toBe(201);
    const { password, ...user } = contentOf(created);
    expect(password).toMatch(/^[\w-]{24}$/);
    expect(user).toEqual({
      name: "bob",
      state: "active",
      grants,
      created: new Date(api.clock.now()).toISOString(),
      has_password: true,
    });
    expect(contentOf(await api.send(root, "GET /api/users"))).toContainEqual(user);
    const changed = await api.send(root, "PATCH /api/users/{user}", {
      user: "bob",
      body: { state: "disabled", grants: [] },
    });
    expect(contentOf(changed)).toEqual({ ...user, state: "disabled", grants: [] });
    expect(contentOf(await api.send(root, "GET /api/users/{user}", { user: "bob" }))).toEqual(contentOf(changed));
    const key = contentOf(await api.send(root, "POST /api/users/{user}/keys", { user: "bob", body: { name: "ci" } }));
    expect(await api.send(root, "DELETE /api/users/{user}/keys/{id}", { user: "bob", id: key.id })).toMatchObject({
      statusCode: 204,
    });
    expect(await api.send(root, "DELETE /api/users/{user}", { user: "bob" })).toMatchObject({ statusCode: 204 });
    expect(codeOf(await api.send(root, "GET /api/users/{user}", { user: "bob" }))).toEqual([404, "UserNotFound"]);
    expect(api.audit.events.map(({ who, action, from }) => `${who} ${action} ${from}`)).toEqual([
      "root add-user 192.0.2.1",
      "root set-grants 192.0.2.1",
      "root disable-user 192.0.2.1",
      "root add-key 192.0.2.1",
      "root revoke-key 192.0.2.1",
      "root remove-user 192.0.2.1",
    ]);
  });

  it("set a password, which is returned only if it was generated", async () => {
    await api.send(root, "POST /api/users", { body: { name: "carl" } });
    const generated = await api.send(root, "PUT /api/users/{user}/password", { user: "carl" });
    expect(contentOf(generated)).toEqual({ password: expect.stringMatching(/^[\w-]{24}$/) });
    const body = { password: PASSWORD };
    const given = await api.send(root, "PUT /api/users/{user}/password", { user: "carl", body });
    expect(given).toMatchObject({ statusCode: 204 });
    expect(given.body).toBeUndefined();
  });

  it("cannot remove the last administrator", async () => {
    expect(codeOf(await api.send(root, "DELETE /api/users/{user}", { user: "root" }))).toEqual([
      409,
      "LastAdministrator",
    ]);
  });

  it.each([
    ["not json", "The body is not valid JSON."],
    [{}, "The member name must be"],
    [{ name: 5 }, "The member name must be string."],
    [{ name: "dan", grants: [{ role: "writer" }] }, "The member grants.0.prefix must be"],
    [{ name: "dan", grants: [{ role: "owner", prefix: "" }] }, 'The role "owner" is not one of'],
    [{ name: "dan", grants: [{ role: "reader", prefix: "team" }] }, "must be empty or end with a slash"],
    [{ name: "Dan" }, "A user name has"],
    [{ name: "ann" }, "There is already a user ann."],
  ])("name what is wrong with %j", async (body, detail) => {
    const response = await api.send(root, "POST /api/users", { body });
    expect([400, 409]).toContain(response.statusCode);
    expect(contentOf(response).detail).toContain(detail);
  });

  it("do not see a password in the error of an invalid body", async () => {
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
