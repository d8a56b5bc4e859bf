import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, it } from "vitest";

const INSTALL = new URL("install.mjs", import.meta.url).href;

type Program = ChildProcessByStdio<null, Readable, Readable>;

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "nv-demo-install-"));
  mkdirSync(join(root, "node_modules"));
  const packages = {
    "": {},
    "node_modules/one": {},
    "node_modules/two": { cpu: [process.arch] },
    "node_modules/elsewhere": { os: ["none"] },
    "node_modules/linked": { link: true },
  };
  writeFileSync(join(root, "package-lock.json"), JSON.stringify({ packages }));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Installs with a shell script in place of npm. */
function install(npmScript: string): Program {
  const npm = join(root, "npm");
  writeFileSync(npm, `#!/bin/sh\n${npmScript}\n`, { mode: 0o755 });
  const program = `
    import { installIfChanged } from ${JSON.stringify(INSTALL)};
    const fail = (message) => { console.error(message); process.exit(1); };
    await installIfChanged({ root: ${JSON.stringify(root)}, npm: ${JSON.stringify(npm)}, fail });`;
  return spawn(process.execPath, ["--input-type=module", "-e", program], { stdio: ["ignore", "pipe", "pipe"] });
}

async function result(child: Program) {
  const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { output, errors, code };
}

const marker = () => existsSync(join(root, "node_modules", ".installed-lock"));

it("says what is installed, once for each lock file, and leaves the standard output alone", async () => {
  const first = await result(install("echo added; exit 0"));
  expect(first).toMatchObject({ output: "", code: 0 });
  expect(first.errors).toMatch(/^Installing 2 packages with npm ci …\nInstalled the dependencies in \d+ s\.\n$/);
  expect(await result(install("exit 1"))).toEqual({ output: "", errors: "", code: 0 });
  writeFileSync(join(root, "package-lock.json"), JSON.stringify({ packages: { "node_modules/one": {} } }));
  const changed = await result(install("exit 0"));
  expect(changed.errors).toMatch(/^Installing 1 packages with npm ci, because package-lock\.json has changed …/);
});

it("prints the errors of npm, and installs again the next time", async () => {
  const { errors, code } = await result(install("echo 'npm error network' >&2; exit 1"));
  expect(code).toBe(1);
  expect(errors).toContain("npm error network\nnpm ci failed.");
  expect(marker()).toBe(false);
});

it.each(["SIGINT", "SIGTERM"] as const)("ends with npm on %s, and installs again the next time", async (signal) => {
  const child = install(`echo $$ > ${root}/pid; exec sleep 60`);
  const ended = result(child);
  const pid = () => (existsSync(join(root, "pid")) ? Number(readFileSync(join(root, "pid"), "utf8")) : 0);
  await expect.poll(pid, { timeout: 10_000 }).toBeGreaterThan(0);
  child.kill(signal);
  const { errors, code } = await ended;
  expect(code).toBe(signal === "SIGINT" ? 130 : 143);
  expect(errors).toContain("Stopping npm ci …\nInterrupted.");
  expect(marker()).toBe(false);
  expect(() => process.kill(pid(), 0)).toThrow("ESRCH");
});
