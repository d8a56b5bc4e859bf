import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Grant } from "../../../lib/users/grants.ts";
import { hashToken } from "../../../lib/users/token.ts";
import { codeOf, contentOf, type SignedIn, startUsersApi, type UsersApi } from "../testing/users-api.ts";

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

describe("the caller", () => {
  it("sees who it is and what it may do", async () => {
    const response = await api.send(ann, "GET /api/me");
    expect(response.headers["cache-control"]).toBe("no-store");
    expect(contentOf(response)).toEqual({
      user: "ann",
      method: "password",
      grants: [TEAM],
      administrator: false,
    });
    expect(contentOf(await api.send(root, "GET /api/me"))).toMatchObject({ administrator: true });
  });

  it("changes its password if it knows the current one", async () => {
    const caller = await api.addCaller("carol", [TEAM], PASSWORD);
    api.audit.events.length = 0;
    const change = (current_password: string, new_password: string) =>
      api.send(caller, "PUT /api/me/password", { body: { current_password, new_password } });
    expect(codeOf(await change("wrong", "new password 123"))).toEqual([403, "WrongPassword"]);
    expect(codeOf(await change(PASSWORD, "short"))).toEqual([400, "InvalidPassword"]);
    expect(await change(PASSWORD, "new password 123")).toMatchObject({ statusCode: 204 });
    expect(codeOf(await change(PASSWORD, "other password 123"))).toEqual([401, "InvalidCredentials"]);
    expect(api.audit.events.map(({ action, outcome, code }) => [action, outcome, code])).toEqual([
      ["change-my-password", "denied", "WrongPassword"],
      ["set-password", "failed", "InvalidPassword"],
      ["set-password", "succeeded", undefined],
      ["change-my-password", "denied", "InvalidCredentials"],
    ]);
    expect(JSON.stringify(api.audit.events)).not.toMatch(/password 123|correct horse/);
  });

  it("cannot guess its password without limit", async () => {
    const caller = await api.addCaller("guessed", []);
    const guess = () =>
      api.send(caller, "PUT /api/me/password", {
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
    const authentication = await api.authenticator.authenticate({ scheme: "bearer", token }, "192.0.2.1");
    if (authentication.outcome !== "authenticated") throw new Error(authentication.outcome);
    const session = { principal: authentication.principal, authorization: `Bearer ${token}` };
    expect(await api.send(session, "DELETE /api/session")).toMatchObject({ statusCode: 204 });
    expect(await api.authenticator.authenticate({ scheme: "bearer", token }, "192.0.2.1")).toEqual({
      outcome: "rejected",
    });
    expect(codeOf(await api.send(ann, "DELETE /api/session"))).toEqual([400, "NoSession"]);
  });

  it("gets a shorter session when its sign-in is almost 12 hours ago", async () => {
    const { token } = contentOf(await api.send(ann, "POST /api/session"));
    const stored = await api.credentials.find(hashToken(token));
    if (!stored) throw new Error("The session is not stored.");
    const signedInAt = api.clock.now() - 12 * 3_600_000 + 60_500;
    await api.credentials.save({ ...stored, signedInAt });
    const renewed = await api.send(
      { principal: { ...ann.principal, method: "session", signedInAt }, authorization: `Bearer ${token}` },
      "POST /api/session",
    );
    const expires = new Date(api.clock.now() + 60_500).toISOString();
    expect(contentOf(renewed)).toMatchObject({ expires, expires_in: 60 });
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
    expect(codeOf(await api.send(ann, "POST /api/keys", { body: { name: "wide", grants: [ADMIN] } }))).toEqual([
      403,
      "GrantTooWide",
    ]);
    expect(codeOf(await api.send(root, "DELETE /api/keys/{id}", { id: key.id }))).toEqual([404, "KeyNotFound"]);
    expect(await api.send(ann, "DELETE /api/keys/{id}", { id: key.id })).toMatchObject({ statusCode: 204 });
    expect(contentOf(await api.send(ann, "GET /api/keys"))).toEqual([]);
  });
});
