import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Tally } from "./checks/reporter.ts";

/**
 * `npm test`: everything that CI checks, in order of cost. Every check runs, whatever the others say, and the last line is the sum. What follows the
 * command goes to vitest and leaves the other checks out: `npm test -- local/aws/s3`, `npm test -- acceptance`.
 */
const ROOT = fileURLToPath(new URL("..", import.meta.url));
const REPORTER = fileURLToPath(new URL("checks/reporter.ts", import.meta.url));
const NONE: Tally = { passed: 0, failed: 0, skipped: [] };

const wanted = process.argv.slice(2);
const onlyAcceptance = wanted[0]?.startsWith("acceptance") ?? false;
const tallies: Tally[] = [];
if (wanted.length === 0) {
  tallies.push(await check("Lint and format", "biome", ["check", "--error-on-warnings"]));
  tallies.push(await check("Types", "tsc", []));
}
if (!onlyAcceptance) tallies.push(await vitest("Unit, construct and stand-in tests", "vitest.config.ts", wanted));
if (onlyAcceptance || wanted.length === 0) {
  tallies.push(await vitest("Acceptance, against a local deployment", "acceptance/vitest.config.ts", wanted));
}

const skipped = tallies.flatMap((tally) => tally.skipped);
const total = (count: (tally: Tally) => number) => tallies.reduce((sum, tally) => sum + count(tally), 0);
const failed = total((tally) => tally.failed);
console.log();
for (const { name, reason } of skipped) console.log(`skipped: ${name}: ${reason}`);
console.log(`${total((tally) => tally.passed)} passed, ${failed} failed, ${skipped.length} skipped`);
process.exit(failed === 0 ? 0 : 1);

async function check(title: string, command: string, args: readonly string[]): Promise<Tally> {
  heading(title);
  const code = await run(command, args, {});
  console.log(code === 0 ? "passed" : "failed");
  return code === 0 ? { ...NONE, passed: 1 } : { ...NONE, failed: 1 };
}

async function vitest(title: string, config: string, filters: readonly string[]): Promise<Tally> {
  heading(title);
  const folder = mkdtempSync(join(tmpdir(), "nv-demo-test-"));
  const file = join(folder, "tally.json");
  try {
    const args = ["run", "--config", config, "--reporter=default", `--reporter=${REPORTER}`, ...filters];
    const code = await run("vitest", args, { NV_DEMO_TALLY: file });
    const tally = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Tally) : NONE;
    // vitest may fail for a reason that is no test's, such as a set-up that did not come up
    return code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function heading(title: string): void {
  console.log(`\n== ${title}`);
}

function run(command: string, args: readonly string[], variables: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: ROOT, env: { ...process.env, ...variables }, stdio: "inherit" });
    child.on("error", (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.on("close", (code) => resolve(code ?? 1));
  });
}
