import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startTestUsers, type TestUsers } from "./testing/user-tables.ts";
import type { Actor } from "./user-directory.ts";

const actor: Actor = { who: "root", from: "192.0.2.1", requestId: "r-1" };
const ADMIN = { role: "admin", prefix: "" } as const;
const TEAM = { role: "writer", prefix: "team/" } as const;

let test: TestUsers;
let count = 0;
/** A name that no other test uses. */
function unique(name: string): string {
  count += 1;
  return `${name}-${count}`;
}

beforeAll(async () => {
  test = await startTestUsers();
  await test.directory.add(actor, "root", { grants: [ADMIN] });
});
afterAll(() => test.remove());
beforeEach(() => {
  test.audit.events.length = 0;
});

const signIn = (name: string, password: string) =>
  test.authenticator.authenticate({ scheme: "basic", username: name, password }, "192.0.2.2");
const useToken = (token: string) => test.authenticator.authenticate({ scheme: "bearer", token }, "192.0.2.2");

describe("users", () => {
  it("adds a user with a generated password and grants, each once, and lists it", async () => {
    const name = unique("ann");
    const { password } = await test.directory.add(actor, name, { grants: [TEAM, TEAM] });
    expect(password).toMatch(/^[\w-]{24}$/);
    expect(await test.directory.get(name)).toMatchObject({ name, state: "active", grants: [TEAM] });
    expect((await test.directory.list()).map((user) => user.name)).toContain(name);
    expect(await signIn(name, password)).toEqual({
      outcome: "authenticated",
      principal: { user: name, grants: [TEAM], method: "password" },
    });
  });

  it("stores Argon2id hashes, and neither passwords nor tokens", async () => {
    const name = unique("ann");
    await test.directory.add(actor, name, { grants: [TEAM], password: "correct horse battery" });
    const { token } = await test.directory.addKey(actor, name, { name: "laptop" });
    const stored = JSON.stringify([await test.users.find(name as never), await test.credentials.list(name)]);
    expect(stored).toContain("$argon2id$v=19$m=19456,t=2,p=1$");
    for (const secret of ["correct horse", token])
      expect(stored + JSON.stringify(test.audit.events)).not.toContain(secret);
  });

  it.each([
    ["InvalidUserName", () => test.directory.add(actor, "Ann")],
    ["InvalidUserName", () => test.directory.add(actor, "a:b")],
    ["InvalidUserName", () => test.directory.add(actor, "#administrators")],
    ["InvalidPassword", () => test.directory.add(actor, unique("ann"), { password: "short" })],
    ["InvalidPassword", () => test.directory.add(actor, unique("ann"), { password: "with a\nnew line" })],
    ["UserExists", () => test.directory.add(actor, "root")],
    ["UserExists", () => test.directory.add(actor, "root", { grants: [ADMIN] })],
    ["UserNotFound", () => test.directory.get("nobody")],
    ["UserNotFound", () => test.directory.change(actor, "nobody", { state: "disabled" })],
    ["UserNotFound", () => test.directory.remove(actor, "nobody")],
    ["GrantNotFound", () => test.directory.revoke(actor, "root", TEAM)],
    ["KeyNotFound", () => test.directory.revokeKey(actor, "root", "unknown")],
    ["InvalidKeyName", () => test.directory.addKey(actor, "root", { name: " " })],
    ["InvalidExpiry", () => test.directory.addKey(actor, "root", { name: "a", expiresAt: test.clock.now() })],
  ])("rejects with %s, case %#", async (code, run) => {
    await expect(run()).rejects.toMatchObject({ name: "UserError", code });
  });

  it("writes an audit entry for every change, also for one that fails, without an invalid name", async () => {
    const name = unique("ann");
    await test.directory.add(actor, name, { grants: [TEAM] });
    await test.directory.change(actor, name, { state: "disabled" });
    await test.directory.add(actor, "My Password 123!").catch(() => {});
    await test.directory.remove(actor, name);
    expect(test.audit.events).toEqual([
      { ...actor, action: "add-user", target: name, details: { grants: "writer on team/" }, outcome: "succeeded" },
      { ...actor, action: "change-user", target: name, details: { state: "disabled" }, outcome: "succeeded" },
      {
        ...actor,
        action: "add-user",
        target: "(invalid name)",
        details: { grants: "none" },
        outcome: "failed",
        code: "InvalidUserName",
      },
      { ...actor, action: "remove-user", target: name, details: {}, outcome: "succeeded" },
    ]);
  });

  it("keeps all of many concurrent changes of one user", async () => {
    const name = unique("ann");
    await test.directory.add(actor, name);
    const prefixes = ["a/", "b/", "c/", "d/"];
    await Promise.all(prefixes.map((prefix) => test.directory.grant(actor, name, { role: "reader", prefix })));
    expect((await test.directory.get(name)).grants.map(({ prefix }) => prefix)).toEqual(prefixes);
  });
});

it("keeps a narrow grant when a wider one is given and revoked", async () => {
  const name = unique("ann");
  const wide = { role: "writer", prefix: "" } as const;
  await test.directory.add(actor, name, { grants: [TEAM] });
  expect((await test.directory.grant(actor, name, wide)).grants).toEqual([wide, TEAM]);
  expect((await test.directory.revoke(actor, name, wide)).grants).toEqual([TEAM]);
});

it("changes state and grants at once, or neither", async () => {
  const name = unique("ann");
  await test.directory.add(actor, name, { grants: [TEAM] });
  expect(await test.directory.change(actor, name, { state: "disabled", grants: [] })).toMatchObject({
    state: "disabled",
    grants: [],
  });
  const change = test.directory.change(actor, "root", { state: "disabled", grants: [TEAM] });
  await expect(change).rejects.toMatchObject({ code: "LastAdministrator" });
  expect(await test.directory.get("root")).toMatchObject({ state: "active", grants: [ADMIN] });
});

describe("the last administrator", () => {
  it.each([
    ["removed", () => test.directory.remove(actor, "root")],
    ["disabled", () => test.directory.change(actor, "root", { state: "disabled" })],
    ["revoked", () => test.directory.revoke(actor, "root", ADMIN)],
    ["limited to a folder", () => test.directory.change(actor, "root", { grants: [{ role: "admin", prefix: "a/" }] })],
  ])("cannot be %s", async (_, run) => {
    await expect(run()).rejects.toMatchObject({ code: "LastAdministrator" });
    expect(await test.directory.get("root")).toMatchObject({ state: "active", grants: [ADMIN] });
  });

  it("remains when two administrators are removed concurrently", async () => {
    const second = unique("second");
    await test.directory.add(actor, second, { grants: [ADMIN] });
    const results = await Promise.allSettled([
      test.directory.change(actor, "root", { state: "disabled" }),
      test.directory.change(actor, second, { state: "disabled" }),
    ]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    const active = (await test.directory.list()).filter(
      ({ state, grants }) => state === "active" && grants.some(({ role, prefix }) => role === "admin" && prefix === ""),
    );
    expect(active).toHaveLength(1);
    await test.directory.change(actor, "root", { state: "active" });
    await test.directory.remove(actor, second);
  });

  it("can be removed after it has been replaced", async () => {
    const [first, second] = [unique("first"), unique("second")];
    await test.directory.add(actor, first, { grants: [ADMIN] });
    await test.directory.remove(actor, first);
    await test.directory.add(actor, second);
    await test.directory.grant(actor, second, ADMIN);
    await test.directory.remove(actor, second);
    expect((await test.directory.list()).map(({ name }) => name)).not.toContain(second);
  });
});

describe("access keys", () => {
  it("has at most the grants of its user, now and later", async () => {
    const name = unique("ann");
    await test.directory.add(actor, name, { grants: [TEAM] });
    const wide = test.directory.addKey(actor, name, { name: "x", grants: [{ role: "admin", prefix: "team/" }] });
    await expect(wide).rejects.toMatchObject({ code: "GrantTooWide" });
    const { key, token } = await test.directory.addKey(actor, name, { name: "laptop" });
    expect(token).toMatch(/^nvk_[\w-]{43}$/);
    expect(key.id).toMatch(/^[0-9a-f]{18}$/);
    expect(await useToken(token)).toMatchObject({ principal: { user: name, grants: [TEAM], method: "key" } });
    await test.directory.change(actor, name, { grants: [{ role: "reader", prefix: "team/plans/" }] });
    expect(await useToken(token)).toMatchObject({ principal: { grants: [{ role: "reader", prefix: "team/plans/" }] } });
  });

  it("ends when it expires, when it is revoked, and while its user is disabled", async () => {
    const name = unique("ann");
    await test.directory.add(actor, name, { grants: [TEAM] });
    const expiring = await test.directory.addKey(actor, name, { name: "a", expiresAt: test.clock.now() + 60_000 });
    const lasting = await test.directory.addKey(actor, name, { name: "b" });
    test.clock.advance(61);
    expect(await useToken(expiring.token)).toEqual({ outcome: "rejected" });
    await test.directory.change(actor, name, { state: "disabled" });
    expect(await useToken(lasting.token)).toEqual({ outcome: "rejected" });
    await test.directory.change(actor, name, { state: "active" });
    expect(await useToken(lasting.token)).toMatchObject({ outcome: "authenticated" });
    await test.directory.revokeKey(actor, name, lasting.key.id);
    expect(await useToken(lasting.token)).toEqual({ outcome: "rejected" });
  });

  it("is limited in number", async () => {
    const name = unique("ann");
    await test.directory.add(actor, name);
    for (let index = 0; index < 20; index += 1) await test.directory.addKey(actor, name, { name: `key ${index}` });
    await expect(test.directory.addKey(actor, name, { name: "more" })).rejects.toMatchObject({ code: "TooManyKeys" });
  });

  it("does not count expired keys", async () => {
    const name = unique("ann");
    await test.directory.add(actor, name);
    const expiresAt = test.clock.now() + 1_000;
    for (let index = 0; index < 20; index += 1) await test.directory.addKey(actor, name, { name: "a", expiresAt });
    test.clock.advance(2);
    expect(await test.directory.addKey(actor, name, { name: "b" })).toMatchObject({ key: { name: "b" } });
  });

  it("is in the audit log with what identifies it, and without the token", async () => {
    const name = unique("ann");
    await test.directory.add(actor, name, { grants: [TEAM] });
    const expiresAt = test.clock.now() + 60_000;
    const { key, token } = await test.directory.addKey(actor, name, { name: "laptop", expiresAt });
    await test.directory.revokeKey(actor, name, token).catch(() => {});
    await test.directory.revokeKey(actor, name, key.id);
    expect(test.audit.events.slice(1).map(({ action, outcome, details }) => ({ action, outcome, details }))).toEqual([
      {
        action: "add-key",
        outcome: "succeeded",
        details: {
          key: key.id,
          name: "laptop",
          grants: "those of the user",
          expires: new Date(expiresAt).toISOString(),
        },
      },
      { action: "revoke-key", outcome: "failed", details: { key: "(invalid ID)" } },
      { action: "revoke-key", outcome: "succeeded", details: { key: key.id } },
    ]);
    expect(JSON.stringify(test.audit.events)).not.toContain(token);
  });
});

describe("sessions", () => {
  const start = async () => {
    const name = unique("ann");
    const { password } = await test.directory.add(actor, name, { grants: [TEAM] });
    const signedIn = await signIn(name, password);
    if (signedIn.outcome !== "authenticated") throw new Error(signedIn.outcome);
    const session = await test.directory.addSession(actor, signedIn.principal);
    return { name, token: session?.token ?? "", principal: signedIn.principal };
  };

  it("lasts 15 minutes and can be renewed for 12 hours", async () => {
    let { token } = await start();
    test.clock.advance(899);
    for (let minutes = 15; minutes < 12 * 60; minutes += 15) {
      const authentication = await useToken(token);
      if (authentication.outcome !== "authenticated") throw new Error(`${authentication.outcome} after ${minutes} min`);
      token = (await test.directory.addSession(actor, authentication.principal))?.token ?? "";
      test.clock.advance(899);
    }
    test.clock.advance(120);
    expect(await useToken(token)).toEqual({ outcome: "rejected" });
  });

  it("cannot be started with a key", async () => {
    const { principal } = await start();
    expect(await test.directory.addSession(actor, { ...principal, method: "key" })).toBeUndefined();
  });

  it("ends with a sign-out, with a new password, and with its user", async () => {
    const one = await start();
    await test.directory.endSession(actor, one.principal, one.token);
    expect(await useToken(one.token)).toEqual({ outcome: "rejected" });

    const two = await start();
    test.clock.advance(1);
    await test.directory.setPassword(actor, two.name);
    expect(await useToken(two.token)).toEqual({ outcome: "rejected" });
  });
});

it("ends the keys and sessions of a removed user, also when a user with the same name is added later", async () => {
  const name = unique("ann");
  const { password } = await test.directory.add(actor, name, { grants: [TEAM] });
  const { token, key } = await test.directory.addKey(actor, name, { name: "laptop" });
  await test.directory.remove(actor, name);
  expect(await useToken(token)).toEqual({ outcome: "rejected" });
  expect(await signIn(name, password)).toEqual({ outcome: "rejected" });
  await test.credentials.save(key); // As if the removal had been interrupted.
  test.clock.advance(1);
  await test.directory.add(actor, name, { grants: [TEAM] });
  expect(await useToken(token)).toEqual({ outcome: "rejected" });
  expect(await test.directory.listKeys(name)).toEqual([]);
});
