import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { ROOT } from "../paths/root.ts";

/** The last commit before the rule of CONTRIBUTING.md, `area: imperative`. */
const LAST_UNCHECKED = "8fb5aba1b4e9ea2e6f9fba22d75fa009fd114a45";
const MAX_SUBJECT = 72;

function git(...args: readonly string[]): string | undefined {
  try {
    return execFileSync("git", args, { cwd: ROOT, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  } catch {
    return undefined; // No repository, or a shallow clone without that commit.
  }
}

const log = git("log", "--no-merges", "--format=%h%x00%s%x00%b%x01", `${LAST_UNCHECKED}..HEAD`);
const commits = (log ?? "")
  .split("\u0001")
  .map((entry) => entry.trim().split("\u0000"))
  .filter(([hash]) => hash !== "" && hash !== undefined);

it("has commit subjects of the form `area: imperative`, at most 72 characters", ({ skip }) => {
  skip(log === undefined, "the history is not in this clone");
  const wrong = commits.filter(
    ([, subject = ""]) => subject.length > MAX_SUBJECT || !/^[a-z0-9-]+(, [a-z0-9-]+)*: [A-Za-z]/.test(subject),
  );
  expect(wrong.map(([hash, subject]) => `${hash} ${subject}`)).toEqual([]);
});

it("has commit bodies that say why", ({ skip }) => {
  skip(log === undefined, "the history is not in this clone");
  expect(
    commits.filter(([, , body = ""]) => body.trim() === "").map(([hash, subject]) => `${hash} ${subject}`),
  ).toEqual([]);
});
