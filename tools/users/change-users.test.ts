import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Grant } from "../../lib/users/grants.ts";
import { startTestUsers, type TestUsers } from "../../lib/users/testing/user-tables.ts";
import { CommandError } from "../command-line/errors.ts";
import { addUser, disableUser, enableUser, grantRole, removeUser, revokeRole, setPassword } from "./change-users.ts";
import { commandsOn, FakeInput, refusingLog } from "./testing/users-context.ts";

const ACTOR = { who: "command:operator", from: "command" };
const WRITER: Grant = { role: "writer", prefix: "team/" };
const ADMIN: Grant = { role: "admin", prefix: "" };
const GENERATED = { ask: false, stdin: false };
const CACHED = "takes effect within 300 seconds";

let test: TestUsers;
let run: ReturnType<typeof commandsOn>;
let count = 0;
/** A name that no other test uses. */
const unique = (name: string): string => `${name}${++count}`;

beforeAll(async () => {
  test = await startTestUsers();
  run = commandsOn(test);
  await test.directory.add(ACTOR, "root", { grants: [ADMIN] });
});
afterAll(() => test.remove());
beforeEach(() => {
  test.audit.events.length = 0;
});

const add = (name: string, grants: readonly Grant[] = [WRITER], password = GENERATED, input?: FakeInput) =>
  run((users) => addUser(users, name, { grants, password }), { subject: { user: name }, ...(input && { input }) });
const signIn = async (name: string, password = "") =>
  (await test.authenticator.authenticate({ scheme: "basic", username: name, password }, "192.0.2.1")).outcome;

describe("add", () => {
  it("prints a generated password alone on the standard output, and commands without it", async () => {
    const name = unique("ann");
    const { results, explained, error } = await add(name);
    expect(error).toBeUndefined();
    expect(results).toHaveLength(1);
    expect(await signIn(name, results[0])).toBe("authenticated");
    expect(explained).not.toContain(results[0]);
    expect(explained).toContain(`Added ${name} with the grants: writer on team/.`);
    expect(explained).toContain(`curl -u ${name} "https://files.example.com/api/list"`);
    expect(explained).toContain(`curl -u ${name} -T README.md "https://files.example.com/api/upload/team/README.md"`);
  });

  it("records who made the change, without the password", async () => {
    const name = unique("ann");
    const { results } = await add(name);
    const details = { grants: "writer on team/" };
    expect(test.audit.events).toEqual([{ ...ACTOR, action: "add-user", target: name, details, outcome: "succeeded" }]);
    expect(JSON.stringify(test.audit.events)).not.toContain(results[0]);
  });

  it("escapes a folder in a command, and names the command that grants to a user without grants", async () => {
    const folder = { role: "writer", prefix: "my $(team)!/" } as const;
    expect((await add(unique("ann"), [folder])).explained).toContain("/api/upload/my%20%24(team)%21/README.md");
    const name = unique("ann");
    expect((await add(name, [])).explained).toContain(`npm run user -- dev grant ${name} reader`);
  });

  it("takes a typed password, and prints it nowhere", async () => {
    const name = unique("ann");
    const input = new FakeInput({ typed: ["correct horse battery", "correct horse battery"] });
    const { results, explained } = await add(name, [WRITER], { ask: true, stdin: false }, input);
    expect(input.questions).toEqual(["secret Password: ", "secret Again: "]);
    expect(results).toEqual([]);
    expect(explained).not.toContain("horse");
    expect(await signIn(name, "correct horse battery")).toBe("authenticated");
  });

  it("takes a piped password with or without the end of its line", async () => {
    for (const end of ["", "\n", "\r\n"]) {
      const name = unique("ann");
      const input = new FakeInput({ piped: ` with: spaces ${end}` });
      await add(name, [WRITER], { ask: false, stdin: true }, input);
      expect(await signIn(name, " with: spaces ")).toBe("authenticated");
    }
  });

  it.each([
    ["two different ones", { typed: ["correct horse battery", "correct horse batteri"] }, { ask: true }, /differ/],
    ["a short one, before it is repeated", { typed: ["short"] }, { ask: true }, /12 to 256 characters/],
    ["--ask without a terminal", { piped: "correct horse battery" }, { ask: true }, /--password-stdin/],
    ["--password-stdin on a terminal", { typed: ["correct horse battery"] }, { stdin: true }, /--ask/],
    ["both options", { piped: "correct horse battery" }, { ask: true, stdin: true }, /exclude each other/],
    ["an empty pipe", { piped: "" }, { stdin: true }, /12 to 256 characters/],
    ["several lines", { piped: "correct horse\nbattery\n" }, { stdin: true }, /no control characters/],
  ])("rejects %s", async (_, given, source, problem) => {
    const name = unique("ann");
    const { error } = await add(name, [WRITER], { ...GENERATED, ...source }, new FakeInput(given));
    expect(error).toMatchObject({ code: "USAGE", message: expect.stringMatching(problem) });
    expect(error?.message).not.toMatch(/horse|batter|short/);
    expect((await test.directory.list()).map((user) => user.name)).not.toContain(name);
  });

  it("names the command that changes the password of a user who exists", async () => {
    const name = unique("ann");
    await add(name);
    expect((await add(name)).error).toMatchObject({
      code: "USER_EXISTS",
      message: `There is already a user ${name}. Change its password: npm run user -- dev password ${name}`,
    });
  });
});

describe("password", () => {
  it("prints a new password, and replaces the old one", async () => {
    const name = unique("ann");
    const [before] = (await add(name)).results;
    const { results, explained } = await run((users) => setPassword(users, name, GENERATED));
    expect(explained).toContain(CACHED);
    expect(await signIn(name, before)).toBe("rejected");
    expect(await signIn(name, results[0])).toBe("authenticated");
  });

  it("does not ask for a password of a user who does not exist, and suggests a name", async () => {
    await add("annabel");
    const input = new FakeInput({ typed: [] });
    const { error } = await run((users) => setPassword(users, "annabell", { ask: true, stdin: false }), {
      subject: { user: "annabell" },
      input,
    });
    expect(input.questions).toEqual([]);
    expect(error).toMatchObject({
      code: "USER_NOT_FOUND",
      message: 'There is no user annabell. Did you mean "annabel"? List all: npm run user -- dev list',
    });
  });

  it("says that the secret of the first user still has the old one", async () => {
    const name = unique("first");
    await add(name);
    const user = await test.directory.get(name);
    await test.users.update(user.name, (stored) => ({ ...stored, passwordFromSecret: true }));
    const change = () => run((users) => setPassword(users, name, GENERATED));
    expect((await change()).explained).toContain("npm run env");
    expect((await change()).explained).not.toContain("npm run env");
  });
});

describe("remove", () => {
  const remove = (name: string, yes: boolean, input = new FakeInput({ piped: "" })) =>
    run((users) => removeUser(users, name, { yes }), { subject: { user: name }, input });

  it("asks for the name of the user", async () => {
    const name = unique("ann");
    await add(name);
    const wrong = await remove(name, false, new FakeInput({ typed: ["yes"] }));
    expect(wrong.error).toMatchObject({ code: "USAGE", message: expect.stringContaining("Nothing was removed") });
    const input = new FakeInput({ typed: [` ${name} `] });
    const right = await remove(name, false, input);
    expect(right.error).toBeUndefined();
    expect(input.questions).toEqual([`Type ${name} to remove this user with its access keys: `]);
    expect(right.explained).toContain(CACHED);
    await expect(test.directory.get(name)).rejects.toMatchObject({ code: "UserNotFound" });
  });

  it("needs --yes without a terminal, and then does not ask", async () => {
    const name = unique("ann");
    await add(name);
    expect((await remove(name, false)).error).toMatchObject({ message: expect.stringContaining("--yes") });
    expect((await remove(name, true)).error).toBeUndefined();
    expect((await remove(name, true)).error).toMatchObject({ code: "USER_NOT_FOUND" });
  });

  it("keeps the last administrator, and says how to add another one", async () => {
    const { error } = await remove("root", true);
    expect(error).toBeInstanceOf(CommandError);
    expect(error).toMatchObject({
      code: "LAST_ADMINISTRATOR",
      message:
        "root is the last administrator. Add another one first. For example: npm run user -- dev add <name> --role admin",
    });
  });
});

it("disables and enables a user", async () => {
  const name = unique("ann");
  const { results } = await add(name);
  const disabled = await run((users) => disableUser(users, name));
  expect(disabled.explained).toContain(CACHED);
  expect(disabled.explained).toContain(`npm run user -- dev enable ${name}`);
  expect(await signIn(name, results[0])).toBe("rejected");
  await run((users) => enableUser(users, name));
  expect(await signIn(name, results[0])).toBe("authenticated");
});

it("grants and revokes, and prints the grants that remain", async () => {
  const name = unique("ann");
  await add(name);
  const change = (work: typeof grantRole, grant: Grant) =>
    run((users) => work(users, name, grant), { subject: { user: name } });
  const wider = await change(grantRole, { role: "reader", prefix: "" });
  expect(wider.explained).toContain(`${name} has the grants: reader on all files, writer on team/.`);
  const revoked = await change(revokeRole, WRITER);
  expect(revoked.explained).toContain(`Revoked writer on team/. ${name} has the grants: reader on all files.`);
  expect(revoked.explained).toContain(CACHED);
  expect((await change(revokeRole, WRITER)).error).toMatchObject({
    code: "GRANT_NOT_FOUND",
    message: `The user ${name} does not have the grant writer on team/. List its grants: npm run user -- dev list`,
  });
});

describe("when the audit log cannot be written", () => {
  it("prints the password of the user that was added, and then fails", async () => {
    const name = unique("ann");
    const { results, error } = await commandsOn(test, { audit: refusingLog })((users) =>
      addUser(users, name, { grants: [WRITER], password: GENERATED }),
    );
    expect(await signIn(name, results[0])).toBe("authenticated");
    expect(error).toBeInstanceOf(CommandError);
    expect(error).toMatchObject({
      code: "AUDIT_LOG_NOT_WRITTEN",
      message:
        "The change was made, but not written to the audit log /nv-demo/audit " +
        "(AccessDeniedException: User is not authorized).",
    });
  });

  it("says so beside the reason of a change that is not possible", async () => {
    const { explained, error } = await commandsOn(test, { audit: refusingLog })(
      (users) => disableUser(users, "nobody"),
      { subject: { user: "nobody" } },
    );
    expect(explained).toContain("The attempt was not written to the audit log /nv-demo/audit");
    expect(error).toMatchObject({ code: "USER_NOT_FOUND" });
  });
});

it("passes on why the tables do not respond", async () => {
  const cause = Object.assign(new Error("not authorized"), { name: "AccessDeniedException", $metadata: {} });
  const { UserStoreUnavailableError } = await import("../../lib/users/user-store.ts");
  const { error } = await run(async () => {
    throw new UserStoreUnavailableError("DynamoDB did not respond", { cause });
  });
  expect(error).toBe(cause);
});
