import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestUsers, type TestUsers } from "../../lib/users/testing/user-tables.ts";
import { addKey, type NewKeyOptions, revokeKey } from "./change-keys.ts";
import { checkExpiry, parseExpiry } from "./expiry.ts";
import { listKeys, listUsers } from "./list-users.ts";
import { commandsOn } from "./testing/users-context.ts";

const ACTOR = { who: "command:operator", from: "command" };
const TEAM = { role: "writer", prefix: "team/" } as const;

let test: TestUsers;
let run: ReturnType<typeof commandsOn>;

beforeAll(async () => {
  test = await startTestUsers();
  run = commandsOn(test);
  await test.directory.add(ACTOR, "root", { grants: [{ role: "admin", prefix: "" }] });
  await test.directory.add(ACTOR, "ann", { grants: [TEAM] });
});
afterAll(() => test.remove());

const add = (options: Partial<NewKeyOptions> = {}) =>
  run((users) => addKey(users, "ann", { name: "laptop", grant: undefined, expires: undefined, ...options }), {
    subject: { user: "ann" },
  });
const signIn = (token = "") => test.authenticator.authenticate({ scheme: "bearer", token }, "192.0.2.1");

describe("access keys", () => {
  it("prints the token alone on the standard output, and a command that reads it from a file", async () => {
    const { results, explained } = await add();
    expect(results).toEqual([expect.stringMatching(/^nvk_/)]);
    expect(await signIn(results[0])).toMatchObject({ principal: { user: "ann", grants: [TEAM] } });
    expect(explained).not.toContain("nvk_");
    expect(explained).toContain("It expires: never.");
    expect(explained).toContain('ann.key | curl -H @- "https://files.example.com/api/list"');
    const [, id = ""] = /npm run user -- dev key revoke ann (\w+)/.exec(explained) ?? [];
    expect((await test.directory.listKeys("ann")).map((key) => key.id)).toContain(id);
  });

  it("has a grant of its own, and expires", async () => {
    const { results, explained } = await add({ grant: { role: "reader", prefix: "team/" }, expires: "90d" });
    expect(explained).toContain("with the grants: reader on team/.");
    expect(explained).toContain("It expires: 2026-04-02 03:04 UTC.");
    expect(await signIn(results[0])).toMatchObject({ principal: { grants: [{ role: "reader", prefix: "team/" }] } });
    test.clock.advance(90 * 86_400);
    expect(await signIn(results[0])).toEqual({ outcome: "rejected" });
    const { results: listed } = await run((users) => listKeys(users, "ann", false));
    expect(listed[0]).toMatch(/^ID +Name +Created +Expires +Grants\n/);
    expect(listed[0]).toMatch(/laptop +2026-01-02 03:04 UTC +expired +reader on team\/$/m);
    test.clock.advance(-90 * 86_400);
  });

  it("rejects grants that the user does not have, and an expiry in the past", async () => {
    expect((await add({ grant: { role: "admin", prefix: "" } })).error).toMatchObject({
      code: "GRANT_TOO_WIDE",
      message: "The user ann does not have all of these grants. List its grants: npm run user -- dev list",
    });
    expect((await add({ expires: "2020-01-01" })).error).toMatchObject({ code: "USAGE" });
  });

  it("is revoked by its ID, and suggests one for a misspelled ID", async () => {
    const { results } = await add({ name: "lost" });
    const id = (await test.directory.listKeys("ann")).find(({ name }) => name === "lost")?.id ?? "";
    const misspelled = `${id.slice(0, -1)}x`;
    const wrong = await run((users) => revokeKey(users, "ann", misspelled), {
      subject: { user: "ann", key: misspelled },
    });
    expect(wrong.error?.message).toContain(`Did you mean "${id}"? List them: npm run user -- dev key list ann`);
    const revoked = await run((users) => revokeKey(users, "ann", id));
    expect(revoked.explained).toContain("takes effect within 300 seconds");
    expect(await signIn(results[0])).toEqual({ outcome: "rejected" });
  });

  it("is listed without its token, also as JSON", async () => {
    const { results } = await run((users) => listKeys(users, "ann", true));
    const [key] = JSON.parse(results[0] ?? "");
    expect(Object.keys(key)).toEqual(["id", "name", "grants", "created", "expires"]);
    const none = await run((users) => listKeys(users, "root", false));
    expect(none.results).toEqual([]);
    expect(none.explained).toContain("npm run user -- dev key add root");
  });
});

it("lists users with state, password, keys and grants, and no hash", async () => {
  await test.directory.add(ACTOR, "bob");
  await test.directory.change(ACTOR, "bob", { state: "disabled" });
  const { keys } = { keys: (await test.directory.listKeys("ann")).length };
  const { results } = await run((users) => listUsers(users, false));
  expect(results[0]?.split("\n").map((line) => line.replaceAll(/ {2,}/g, " | "))).toEqual([
    "Name | State | Password | Keys | Grants",
    `ann | active | yes | ${keys} | writer on team/`,
    "bob | disabled | yes | 0 | none",
    "root | active | yes | 0 | admin on all files",
  ]);
  const json = (await run((users) => listUsers(users, true))).results[0] ?? "";
  expect(JSON.parse(json)[0]).toMatchObject({ name: "ann", state: "active", grants: [TEAM], has_password: true, keys });
  expect(json).not.toContain("argon2");
});

describe("--expires", () => {
  it.each([
    ["90d", "2026-04-02T03:04:05.000Z"],
    ["12h", "2026-01-02T15:04:05.000Z"],
    ["2027-01-31", "2027-01-31T00:00:00.000Z"],
    ["2028-02-29T18:30Z", "2028-02-29T18:30:00.000Z"],
  ])("%s is %s", (text, expected) => {
    expect(checkExpiry(text)).toBeUndefined();
    expect(new Date(parseExpiry(text, Date.UTC(2026, 0, 2, 3, 4, 5)) ?? 0).toISOString()).toBe(expected);
  });

  it.each(["90", "d", "0d", "-1d", "2027-02-30", "2027-13-01", "2027-01-31T18:30", "tomorrow", ""])(
    "%j is rejected",
    (text) => expect(checkExpiry(text)).toContain("neither a duration such as 90d or 12h nor a date"),
  );
});
