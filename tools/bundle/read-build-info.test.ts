import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readBuildInfo } from "./read-build-info.ts";

let folder: string;
const when = "2026-11-21T11:00:00+01:00";
const git = (...args: string[]) =>
  execFileSync("git", ["-C", folder, "-c", "user.name=a", "-c", "user.email=a@b", ...args], {
    env: { ...process.env, GIT_COMMITTER_DATE: when, GIT_AUTHOR_DATE: when },
    encoding: "utf8",
  }).trim();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "nv-demo-build-info-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("returns the commit, and whether files were modified", async () => {
  git("init", "-q");
  writeFileSync(join(folder, "a"), "1");
  writeFileSync(join(folder, ".gitignore"), "ignored");
  git("add", ".");
  git("commit", "-qm", "one");
  const long = git("rev-parse", "HEAD");
  const clean = { type: "git", short: long.slice(0, 7), long, time: "2026-11-21T10:00:00Z", modified: false };
  expect(await readBuildInfo(folder)).toEqual(clean);
  writeFileSync(join(folder, "ignored"), "1");
  expect(await readBuildInfo(folder)).toEqual(clean);
  writeFileSync(join(folder, "new"), "1");
  expect(await readBuildInfo(folder)).toEqual({ ...clean, modified: true });
  rmSync(join(folder, "new"));
  writeFileSync(join(folder, "a"), "2");
  expect(await readBuildInfo(folder)).toEqual({ ...clean, modified: true });
});

it("returns the type none without a history", async () => {
  expect(await readBuildInfo(folder)).toMatchObject({ type: "none", short: "0000000", modified: true });
  git("init", "-q");
  expect(await readBuildInfo(folder)).toMatchObject({ type: "none" });
});
