import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { execute } from "../tools/command-line/run-command.ts";
import { command } from "./user.ts";

let errors = "";

beforeEach(() => {
  errors = "";
  vi.spyOn(console, "error").mockImplementation((line) => {
    errors += `${line}\n`;
  });
});
afterEach(() => vi.restoreAllMocks());

describe("a wrong command line", () => {
  it.each([
    ["a misspelled command", "local disabel ann", 'Did you mean "disable"?'],
    ["a misspelled command of keys", "local key lits ann", 'Did you mean "list"?'],
    ["a misspelled environment", "locla add ann", 'Did you mean "local"?'],
    ["a misspelled role", "local grant ann writr team/", 'There is no role "writr". Did you mean "writer"?'],
    ["a misspelled role of a new user", "local add ann --role amdin", 'Did you mean "admin"?'],
    ["an invalid name", "local add Ann", "lower-case letters"],
    ["a folder without a slash", "local grant ann writer team", 'Did you mean "team/"?'],
    ["a folder that cannot be part of a key", "local grant ann writer ../", "contains a . or .. segment"],
    ["a prefix without a role", "local add ann --prefix team/", "--role <role>"],
    ["an expiry that is neither a duration nor a date", "local key add ann laptop --expires soon", "such as 90d"],
  ])("with %s says what is meant", async (_, line, expected) => {
    expect(await execute(command, line.split(" "), {})).toBe(2);
    expect(errors).toContain(expected);
    expect(errors).toMatch(/Run npm run user -- .*--help to see its usage\.\n$/);
  });

  it.each([
    "local add ann --password hunter2secret",
    "local add ann --password=hunter2secret",
    "local add ann -p hunter2secret",
    "local add ann hunter2secret",
    "--password hunter2secret local add ann",
    "local password ann hunter2secret",
    "local password ann --pass hunter2secret",
    "local key revoke ann nvk_hunter2secret",
    "local disable hunter2Secret:",
  ])("with a secret does not repeat it: %s", async (line) => {
    expect(await execute(command, line.split(" "), {})).toBe(2);
    expect(errors).not.toContain("hunter2");
  });

  it("with a password says how to pass it", async () => {
    await execute(command, "local add ann --password x".split(" "), {});
    expect(errors).toContain("A password is no argument");
    expect(errors).toContain("--ask");
    expect(errors).toContain("--password-stdin");
  });
});
