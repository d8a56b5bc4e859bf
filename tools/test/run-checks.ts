import { join } from "node:path";
import type { Tally } from "../checks/reporter.ts";
import { interruption } from "../command-line/interruption.ts";
import { ROOT } from "../paths/root.ts";
import { type BackgroundProgram, run, startInBackground } from "./processes.ts";
import { slowTests } from "./slow-tests.ts";
import { describeSlowest } from "./slowest.ts";
import { NO_CHECKS, sumOf, tallyOf } from "./tally.ts";

const REPORTER = join(ROOT, "tools", "checks", "reporter.ts");
const CONFORMANCE = join(ROOT, "conformance", "run.ts");

const SLOWEST_FILES = 10;

/**
 * Runs everything that CI checks, and prints the slowest tests and, in the last line, the counts. Every check runs,
 * even when others fail.
 *
 * @param args `--quick` to leave out what is slow; others run only the tests that vitest finds with them.
 * @returns the exit code.
 */
export async function runChecks(args: readonly string[]): Promise<number> {
  const tallies = await runSelected(args);
  const { passed, failed, skipped, files } = sumOf(tallies);
  console.log();
  for (const line of describeSlowest(files, SLOWEST_FILES)) console.log(line);
  for (const { name, reason } of skipped) console.log(`skipped: ${name}: ${reason}`);
  console.log(`${passed} passed, ${failed} failed, ${skipped.length} skipped`);
  return failed === 0 ? 0 : 1;
}

async function runSelected(args: readonly string[]): Promise<Tally[]> {
  if (args.length === 0) return runAllChecks();
  const [first, ...rest] = args;
  return first === "--quick" ? runQuickChecks(rest) : [await runTests(args)];
}

/** What takes at most 90 s: no acceptance tests, no conformance, and no unit tests that start other programs. */
async function runQuickChecks(vitestArgs: readonly string[]): Promise<Tally[]> {
  const excluded = slowTests.flatMap((file) => ["--exclude", file]);
  return [...(await staticChecks()), await unitTests([...excluded, ...vitestArgs])];
}

async function staticChecks(): Promise<Tally[]> {
  return [
    await check("Lint and format", "biome", ["check", "--error-on-warnings"]),
    await check("Types", "tsc", []),
    await check("Types of the browser code", "tsc", ["-p", "tsconfig.browser.json"]),
  ];
}

async function runAllChecks(): Promise<Tally[]> {
  // This run mostly waits, so it starts first, runs in the background, and is reported last.
  const conformance = startConformance();
  const tallies = [...(await staticChecks()), await unitTests([]), await acceptanceTests([])];
  printHeading("Every stack with the real provider, against an emulator");
  for await (const chunk of conformance.output) process.stdout.write(chunk);
  tallies.push(await conformance.tally);
  interruption().throwIfAborted();
  return tallies;
}

function runTests(vitestArgs: readonly string[]): Promise<Tally> {
  return vitestArgs[0]?.startsWith("acceptance") ? acceptanceTests(vitestArgs) : unitTests(vitestArgs);
}

function unitTests(args: readonly string[]): Promise<Tally> {
  return vitest("Unit tests, and tests of the stacks and the local AWS", "vitest.config.ts", args);
}

function acceptanceTests(args: readonly string[]): Promise<Tally> {
  return vitest("Acceptance tests against a local deployment", "acceptance/vitest.config.ts", args);
}

function vitest(title: string, config: string, args: readonly string[]): Promise<Tally> {
  printHeading(title);
  const reporters = ["--reporter=default", `--reporter=${REPORTER}`];
  return tallyOf((variables) => run("vitest", ["run", "--config", config, ...reporters, ...args], variables));
}

async function check(title: string, command: string, args: readonly string[]): Promise<Tally> {
  printHeading(title);
  const code = await run(command, args);
  console.log(code === 0 ? "passed" : "failed");
  return code === 0 ? { ...NO_CHECKS, passed: 1 } : { ...NO_CHECKS, failed: 1 };
}

function startConformance(): { readonly output: BackgroundProgram["output"]; readonly tally: Promise<Tally> } {
  const started = Promise.withResolvers<BackgroundProgram>();
  const tally = tallyOf((variables) => {
    const program = startInBackground(CONFORMANCE, variables);
    started.resolve(program);
    return program.ended;
  });
  return { output: outputOf(started.promise), tally };
}

async function* outputOf(program: Promise<BackgroundProgram>): AsyncGenerator<Uint8Array> {
  yield* (await program).output;
}

function printHeading(title: string): void {
  console.log(`\n== ${title}`);
}
