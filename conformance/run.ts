import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { findPluginMirror, type PluginMirror } from "@nv-demo/local-aws/schema";
import { UsageError } from "../tools/command-line/errors.ts";
import type { Stack } from "../tools/synth/manifest.ts";
import { checkReplacements } from "./check-replacements.ts";
import { compareStates, type Scope } from "./compare-states.ts";
import { MOTO_GAPS } from "./emulator-gaps.ts";
import { copyOfStateBucket, selectStacks, synthesizeForEmulator } from "./emulator-stacks.ts";
import { checkInterruptedBootstrap } from "./interrupted-bootstrap.ts";
import { KNOWN_DIFFERENCES } from "./known-differences.ts";
import { applyLocally } from "./local-states.ts";
import { Results } from "./results.ts";
import { runStacks } from "./run-stacks.ts";
import { StallDetector } from "./stall-detector.ts";
import { TestedStack } from "./tested-stack.ts";
import { Workspace } from "./workspace.ts";

/** The domain of the tested stacks. */
const DOMAIN = "files.example.org";
/** A lower bound of the resource types in all stacks together, so that a comparison of nothing does not pass. */
const MINIMUM_TYPES = 40;
/** Longer than the timeout of a Terraform command. */
const STALL_LIMIT_MS = 600_000;

process.exit(await main(process.argv.slice(2)));

/**
 * Tests every stack with the real hashicorp/aws provider against the emulator moto: init, plan, apply, a second plan
 * that must be empty, and destroy, with the states in the emulator's S3. Then compares the states with those of the
 * local AWS. The last line is the summary.
 *
 * @param stackNames tests only these stacks and their dependencies; default: all.
 * @returns the exit code: 1 if a check failed, 2 for an unknown stack.
 */
async function main(stackNames: readonly string[]): Promise<number> {
  const results = new Results();
  const stalls = new StallDetector(STALL_LIMIT_MS, () => {
    results.fail("conformance run", `no Terraform command finished within ${STALL_LIMIT_MS / 60_000} minutes`);
    process.exit(finish(results));
  });
  const mirror = findPluginMirror(process.env.NV_DEMO_PLUGIN_MIRROR);
  const missing = missingProgram(mirror);
  // Names are checked although nothing can be tested: a wrong one must not go unnoticed.
  if (missing !== undefined && stackNames.length === 0) skip(results, missing);
  else {
    try {
      const workspace = new Workspace();
      const stacks = await synthesizeForEmulator(workspace.path("out"), DOMAIN);
      const selected = selectStacks(stacks, stackNames);
      if (missing !== undefined) skip(results, missing);
      else if (mirror)
        await testStacks(mirror, { stacks, selected, complete: stackNames.length === 0 }, workspace, results, stalls);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      console.error(`${error.message}\nRun npm run tool -- conformance --help to see its usage.`);
      return 2;
    }
  }
  return finish(results);
}

/** What is missing on this machine for the tests. */
function missingProgram(mirror: PluginMirror | undefined): string | undefined {
  if (!mirror) return "no hashicorp/aws in a local plugin mirror; set NV_DEMO_PLUGIN_MIRROR to its folder";
  if (!isInstalled("moto_server")) return "no moto_server on the PATH; pip install 'moto[server]'";
  return undefined;
}

interface Selection {
  readonly stacks: readonly Stack[];
  readonly selected: readonly Stack[];
  /** Whether all stacks are selected. */
  readonly complete: boolean;
}

async function testStacks(
  mirror: PluginMirror,
  { stacks, selected, complete }: Selection,
  workspace: Workspace,
  results: Results,
  stalls: StallDetector,
): Promise<void> {
  console.log(`hashicorp/aws ${mirror.version} against moto`);
  const [account, bootstrapAccount] = await Promise.all([
    workspace.startAccount(mirror, "account", stalls),
    workspace.startAccount(mirror, "bootstrap", stalls),
  ]);
  const stateBucket = copyOfStateBucket(stacks, workspace.path("bootstrap", "stack"));
  mkdirSync(workspace.path("local"));
  const [real, local] = await Promise.all([
    runStacks(selected, account, results, { complete }),
    workspace.withLocalAws((aws) => applyLocally(aws, selected, workspace.path("local"), DOMAIN, results, stalls)),
    checkInterruptedBootstrap(bootstrapAccount, new TestedStack(stateBucket, MOTO_GAPS.omitted), results),
  ]);
  const scope: Scope = { complete, minimumTypes: complete ? MINIMUM_TYPES : 0 };
  compareStates(real, local, KNOWN_DIFFERENCES, scope, results);
  await checkReplacements(mirror, real, scope, results);
}

function isInstalled(program: string): boolean {
  return spawnSync(program, ["--help"], { stdio: "ignore" }).status === 0;
}

function skip(results: Results, reason: string): void {
  results.skip("every stack with the real provider", reason);
}

/** Prints the results, and writes their counts for `npm test`. @returns the exit code. */
function finish(results: Results): number {
  results.print(console.log);
  const file = process.env.NV_DEMO_TALLY;
  if (file) writeFileSync(file, JSON.stringify(results.tally));
  return results.failed ? 1 : 0;
}
