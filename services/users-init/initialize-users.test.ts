import { afterEach, beforeEach, expect, it } from "vitest";
import { startTestUsers, type TestUsers } from "../../lib/users/testing/user-tables.ts";
import { initializeUsers } from "./initialize-users.ts";

const client = { username: "nvclient", password: "generated-at-deployment-0123456789abcdef" };
const KEY = "abcdefghijabcdefghijabcdefghijabcdefghij";
const actor = { who: "test", from: "test" };
let test: TestUsers;

beforeEach(async () => {
  test = await startTestUsers();
});
afterEach(() => test.remove());

const initialize = (password = client.password, key = KEY) => initializeUsers({ ...client, password }, { key }, test);
const signIn = (password: string, username = client.username) =>
  test.authenticator.authenticate({ scheme: "basic", username, password }, "192.0.2.1");
const useKey = (token: string) => test.authenticator.authenticate({ scheme: "bearer", token }, "192.0.2.1");

it("creates the first administrator and the user of the canary, once", async () => {
  expect(await initialize()).toEqual({ administrator: "created", canary: "created" });
  expect(await signIn(client.password)).toEqual({
    outcome: "authenticated",
    principal: { user: "nvclient", grants: [{ role: "admin", prefix: "" }], method: "password" },
  });
  expect(await useKey(KEY)).toEqual({
    outcome: "authenticated",
    principal: { user: "canary", grants: [{ role: "writer", prefix: "canary/" }], method: "key" },
  });
  expect(await initialize()).toEqual({ administrator: "unchanged", canary: "unchanged" });
  expect(test.audit.events.map(({ action, target }) => `${action} ${target}`)).toEqual([
    "add-user nvclient",
    "add-user canary",
    "add-key canary",
  ]);
});

it("follows a rotated password and a rotated key", async () => {
  await initialize();
  test.clock.advance(1);
  const [password, key] = ["another-password-0123456789", KEY.toUpperCase()];
  expect(await initialize(password, key)).toEqual({ administrator: "password changed", canary: "key changed" });
  expect([await signIn(password), await signIn(client.password)]).toMatchObject([
    { outcome: "authenticated" },
    { outcome: "rejected" },
  ]);
  expect([await useKey(key), await useKey(KEY)]).toMatchObject([{ outcome: "authenticated" }, { outcome: "rejected" }]);
});

it("leaves an administrator alone who has got another password", async () => {
  await initialize();
  await test.directory.setPassword(actor, "nvclient", "chosen by a person");
  expect(await initialize("another-password-0123456789")).toMatchObject({ administrator: "unchanged" });
  expect(await signIn("chosen by a person")).toMatchObject({ outcome: "authenticated" });
});

it("does not bring back an administrator who was replaced and removed", async () => {
  await initialize();
  await test.directory.add(actor, "root", { grants: [{ role: "admin", prefix: "" }] });
  await test.directory.remove(actor, "nvclient");
  expect(await initialize()).toMatchObject({ administrator: "unchanged" });
  expect((await test.directory.list()).map(({ name }) => name)).toEqual(["canary", "root"]);
});

it("keeps the canary disabled, and keys that it got otherwise", async () => {
  await initialize();
  const { token } = await test.directory.addKey(actor, "canary", { name: "another" });
  await initialize(client.password, KEY.toUpperCase());
  expect(await useKey(token)).toMatchObject({ outcome: "authenticated" });
  await test.directory.change(actor, "canary", { state: "disabled" });
  await initialize();
  expect(await useKey(KEY)).toEqual({ outcome: "rejected" });
});

it.each([
  ["InvalidUserName", { username: "Not:valid" }, KEY],
  ["InvalidKey", {}, "too-short"],
])("rejects secrets with %s, without quoting them", async (code, over, key) => {
  const error = await initializeUsers({ ...client, ...over }, { key }, test).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code });
  expect(String(error)).not.toMatch(/Not:valid|too-short|generated-at/);
});
