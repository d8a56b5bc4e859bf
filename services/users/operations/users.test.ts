import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Grant } from "../../../lib/users/grants.ts";
import { codeOf, contentOf, type SignedIn, startUsersApi, type UsersApi } from "../testing/users-api.ts";

const ADMIN: Grant = { role: "admin", prefix: "" };
const PASSWORD = "correct horse battery";
let api: UsersApi;
/** An administrator. */
let root: SignedIn;

beforeAll(async () => {
  api = await startUsersApi();
  root = await api.addCaller("root", [ADMIN], PASSWORD);
});
afterAll(() => api.remove());
beforeEach(() => {
  api.audit.events.length = 0;
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
      "root change-user 192.0.2.1",
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
});
