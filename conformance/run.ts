import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { constants, setPriority, tmpdir } from "node:os";
import { join } from "node:path";
import { type LocalAws, startLocalAws } from "@nv-demo/local-aws";
import { findPluginMirror, type PluginMirror, RealProvider, readSchema } from "@nv-demo/local-aws/schema";
import { STATE_BUCKET_STACK } from "../tools/deploy/bootstrap.ts";
import { deploy, destroy } from "../tools/deploy/deploy.ts";
import type { Progress } from "../tools/deploy/progress.ts";
import { TerminalProgress } from "../tools/deploy/terminal-progress.ts";
import { type Stack, withDependencies } from "../tools/synth/manifest.ts";
import { synthesize } from "../tools/synth/synthesize.ts";
import type { State } from "./answers.ts";
import { tryBootstrap } from "./bootstrap-trial.ts";
import { compareAnswers, type Scope } from "./compare-answers.ts";
import { compareReplacements } from "./compare-replacements.ts";
import { EmulatedAccount } from "./emulated-account.ts";
import { Emulator } from "./emulator.ts";
import { MOTO_GAPS, type Refused } from "./gaps.ts";
import { Judge } from "./judge.ts";
import { JudgedStack } from "./judged-stack.ts";
import { KNOWN_DECISIONS, KNOWN_DIFFERENCES } from "./known-differences.ts";
import { localAnswers } from "./local-answers.ts";
import { pastRefusals } from "./past-refusals.ts";
import { Verdicts } from "./verdicts.ts";

/**
 * `npm run tool -- conformance`: puts every stack before judges that nobody here wrote, real Terraform with the real hashicorp/aws against the emulator moto:
 * init, validate, plan, apply, a second plan that must be empty, and destroy, with the states in the emulator's S3. Its last line is the count. Names of
 * stacks choose these and what they depend on: `npm run tool -- conformance frontend`.
 */
const DOMAIN = "files.example.org";
/** In all stacks together there are more. */
const MANY_TYPES = 40;
/** Much more than it takes, on a machine that does other things too, and less than CI gives to everything. */
const LIMIT_MS = 1_020_000;
const verdicts = new Verdicts();
let localAws: LocalAws | undefined;
const mirror = findPluginMirror();
if (!mirror) skip("no hashicorp/aws in a local plugin mirror; NV_DEMO_PLUGIN_MIRROR names its folder");
else if (!isThere("moto_server")) skip("no moto_server on the PATH; pip install 'moto[server]' brings it");
else await run(mirror);
end();

function end(): never {
  verdicts.report(console.log);
  const file = process.env.NV_DEMO_TALLY;
  if (file) writeFileSync(file, JSON.stringify(verdicts.tally));
  process.exit(verdicts.failed ? 1 : 0);
}

function skip(reason: string): void {
  verdicts.skip("every stack before the real provider", reason);
}

function isThere(program: string): boolean {
  return spawnSync(program, ["--help"], { stdio: "ignore" }).status === 0;
}

async function run(provider: PluginMirror): Promise<void> {
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL); // its time is the clock's: what else runs here goes first
  const folder = mkdtempSync(join(tmpdir(), "nv-demo-conformance-"));
  const accounts: EmulatedAccount[] = [];
  // whatever ends this program ends what it started
  process.on("exit", () => {
    for (const account of accounts) account.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const interrupt = async () => {
    await localAws?.stop();
    process.exit(130);
  };
  setTimeout(() => {
    verdicts.fail("the whole run", `is not done after ${LIMIT_MS / 60_000} minutes`);
    end();
  }, LIMIT_MS).unref();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, interrupt);
  process.on("disconnect", interrupt); // the launcher is gone

  const newAccount = async (name: string) => {
    const own = join(folder, name);
    mkdirSync(own);
    const account = await EmulatedAccount.start(provider, own);
    accounts.push(account);
    return account;
  };
  console.log(`hashicorp/aws ${provider.version} against moto`);
  const [stacks, account, otherAccount] = await Promise.all([
    synthesizeFor(join(folder, "out")),
    newAccount("account"),
    newAccount("bootstrap"),
  ]);
  const names = process.argv.slice(2);
  const whole = names.length === 0;
  const chosen = withDependencies(stacks, names);
  const copy = copyOfStateBucket(stacks, join(folder, "bootstrap", "stack"));
  const [real, local] = await Promise.all([
    judge(chosen, whole, account),
    deployLocally(chosen, join(folder, "local")),
    tryBootstrap(otherAccount, new JudgedStack(copy, MOTO_GAPS.leftOut), verdicts),
  ]);
  const scope = { whole, types: whole ? MANY_TYPES : 0 };
  compareAnswers(real, local, KNOWN_DIFFERENCES, scope, verdicts);
  await askForReplacements(provider, real, scope);
}

/** The schema of the local provider is that of one release, which alone can be asked in its terms. */
async function askForReplacements(
  { version, executable }: PluginMirror,
  applied: ReadonlyMap<string, State>,
  scope: Scope,
): Promise<void> {
  const schema = readSchema();
  if (schema.provider_version !== version) {
    verdicts.skip(
      "same replacements",
      `the schema is of hashicorp/aws ${schema.provider_version}: npm run tool -- schema`,
    );
    return;
  }
  const asked = await RealProvider.start(executable, schema.provider.block);
  try {
    await compareReplacements(asked, schema.resource_schemas, applied, KNOWN_DECISIONS, scope, verdicts);
  } finally {
    asked.stop();
  }
}

/** As for an account of AWS; different is only what the emulator or the older provider does not know. */
function synthesizeFor(outdir: string): Promise<Stack[]> {
  return synthesize(outdir, {
    NV_DEMO_ENVIRONMENT: "dev",
    NV_DEMO_ACCOUNT_ID: Emulator.accountId,
    NV_DEMO_DOMAIN: DOMAIN,
    NV_DEMO_PARTS: "all",
    NV_DEMO_GITHUB: "octo-example@1234567/nv-demo@7654321",
    NV_DEMO_LAMBDA_RUNTIME: "nodejs22.x",
    NV_DEMO_S3_ADDRESSING: "path",
  });
}

function copyOfStateBucket(stacks: readonly Stack[], directory: string): Stack {
  const stack = stacks.find(({ name }) => name === STATE_BUCKET_STACK);
  if (!stack) throw new Error(`there is no stack "${STATE_BUCKET_STACK}"`);
  cpSync(stack.directory, directory, { recursive: true });
  return { ...stack, directory };
}

/**
 * @param whole when all stacks are judged, every gap of the emulator and every known difference must be met.
 * @returns the states of what was applied.
 */
async function judge(
  stacks: readonly Stack[],
  whole: boolean,
  account: EmulatedAccount,
): Promise<ReadonlyMap<string, State>> {
  const judged = new Judge(stacks, MOTO_GAPS, account, verdicts);
  const applied = await deploy(account.deployment(stacks, progress("apply", stacks)), judged.work);
  await judged.reviewed();
  if (applied && whole) judged.conclude();
  const { undeletable } = MOTO_GAPS;
  await destroy(account.deployment(stacks, progress("destroy", stacks, undeletable)), pastRefusals(undeletable));
  return judged.answers;
}

function progress(deed: string, stacks: readonly Stack[], refused: readonly Refused[] = []): Progress {
  console.log(`\n${deed}:`);
  const names = stacks.map(({ name }) => name);
  return verdicts.recording(new TerminalProgress(names, process.stdout), deed, refused);
}

/** The same stacks, by the local provider: while the real one waits for AWS to have become consistent, there is time for it. */
async function deployLocally(judged: readonly Stack[], folder: string): Promise<ReadonlyMap<string, State>> {
  mkdirSync(folder);
  localAws = await startLocalAws(join(folder, "data"));
  try {
    const names = new Set(judged.map(({ name }) => name));
    return await localAnswers(localAws, names, folder, DOMAIN, verdicts);
  } finally {
    await localAws.stop();
    localAws = undefined;
  }
}
