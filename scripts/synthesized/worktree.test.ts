import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { UnknownCommitError, withWorktree } from "./worktree.ts";

const repository = mkdtempSync(join(tmpdir(), "nv-demo-worktree-test-"));
const git = (...args: string[]) =>
  execFileSync("git", ["-C", repository, "-c", "user.name=test", "-c", "user.email=test@example.com", ...args], {
    encoding: "utf8",
  });

beforeAll(() => {
  git("init", "--quiet");
  for (const text of ["first", "second"]) {
    writeFileSync(join(repository, "file"), text);
    git("add", "file");
    git("commit", "--quiet", "--message", text);
  }
  writeFileSync(join(repository, "file"), "not committed");
  mkdirSync(join(repository, "node_modules"));
  writeFileSync(join(repository, "node_modules", "installed"), "");
});
afterAll(() => rmSync(repository, { recursive: true, force: true }));

it("shows what a commit has, with what is installed now, and leaves nothing behind", async () => {
  const [text, folder] = await withWorktree(repository, "HEAD~1", async (worktree) => {
    expect(existsSync(join(worktree, "node_modules", "installed"))).toBe(true);
    return [readFileSync(join(worktree, "file"), "utf8"), worktree];
  });
  expect(text).toBe("first");
  expect(existsSync(folder)).toBe(false);
  expect(git("worktree", "list").trim().split("\n")).toHaveLength(1);
  expect(existsSync(join(repository, "node_modules", "installed"))).toBe(true);
});

it("takes it away when its use fails", async () => {
  await expect(withWorktree(repository, "HEAD", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(git("worktree", "list").trim().split("\n")).toHaveLength(1);
});

it.each(["nothing", "--help", "HEAD~9"])("knows no commit %s", async (ref) => {
  await expect(withWorktree(repository, ref, async () => undefined)).rejects.toThrow(UnknownCommitError);
});
