import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { fileURLToPath } from "node:url";
import type { Tally } from "../tools/checks/reporter.ts";

/**
 * `npm test`: everything that CI checks, told in order of cost. Every check runs, whatever the others say, and the last line is the sum. What follows the
 * command goes to vitest and leaves the other checks out: `npm test -- packages/local-aws/src/aws/s3`, `npm test -- acceptance`.
 */
const ROOT = fileURLToPath(new URL("..", import.meta.url));
const REPORTER = fileURLToPath(new URL("../tools/checks/reporter.ts", import.meta.url));
const CONFORMANCE = fileURLToPath(new URL("../conformance/run.ts", import.meta.url));
/** More than it ever says. */
const HELD_BACK_BYTES = 1 << 24;
const NONE: Tally = { passed: 0, failed: 0, skipped: [] };

const wanted = process.argv.slice(2);
const onlyAcceptance = wanted[0]?.startsWith("acceptance") ?? false;
const tallies: Tally[] = [];
// it waits, by the clock, for most of its time; everything else goes on beside that, and goes first
const conformance = wanted.length === 0 ? startBeside(CONFORMANCE) : undefined;
if (wanted.length === 0) {
  tallies.push(await check("Lint and format", "biome", ["check", "--error-on-warnings"]));
  tallies.push(await check("Types", "tsc", []));
  tallies.push(await check("Types of the browser code", "tsc", ["-p", "tsconfig.browser.json"]));
}
if (!onlyAcceptance) tallies.push(await vitest("Unit, construct and stand-in tests", "vitest.config.ts", wanted));
if (onlyAcceptance || wanted.length === 0) {
  tallies.push(await vitest("Acceptance, against a local deployment", "acceptance/vitest.config.ts", wanted));
}
if (conformance) {
  heading("Every stack before the real provider, against an emulator");
  tallies.push(await conformance.show());
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

function vitest(title: string, config: string, filters: readonly string[]): Promise<Tally> {
  heading(title);
  const args = ["run", "--config", config, "--reporter=default", `--reporter=${REPORTER}`, ...filters];
  return counted((variables) => run("vitest", args, variables));
}

/** Starts one of our programs. What it says is held back until `show`, which resolves when it has ended. */
function startBeside(program: string): { show(): Promise<Tally> } {
  const said = new PassThrough({ highWaterMark: HELD_BACK_BYTES });
  const tally = counted((variables) => {
    const child = spawn(process.execPath, [...process.execArgv, program], {
      cwd: ROOT,
      env: { ...process.env, ...variables },
      stdio: ["ignore", "pipe", "pipe", "ipc"], // by the channel it knows when this process is gone
    });
    for (const stream of [child.stdout, child.stderr]) stream?.pipe(said, { end: false });
    return codeOf(child).finally(() => said.end());
  });
  return {
    show: async () => {
      for await (const chunk of said) process.stdout.write(chunk);
      return tally;
    },
  };
}

/** @param start runs what writes its tally to the file named by `NV_DEMO_TALLY`. */
async function counted(start: (variables: NodeJS.ProcessEnv) => Promise<number>): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), "nv-demo-test-"));
  const file = join(folder, "tally.json");
  try {
    const code = await start({ NV_DEMO_TALLY: file });
    const tally = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Tally) : NONE;
    // it may fail for a reason that is no test's, such as a set-up that did not come up
    return code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function heading(title: string): void {
  console.log(`\n== ${title}`);
}

function run(command: string, args: readonly string[], variables: NodeJS.ProcessEnv): Promise<number> {
  return codeOf(spawn(command, args, { cwd: ROOT, env: { ...process.env, ...variables }, stdio: "inherit" }));
}

function codeOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.on("error", (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.on("close", (code) => resolve(code ?? 1));
  });
}
