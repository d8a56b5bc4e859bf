import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tryBootstrap } from "./conformance/bootstrap-trial.ts";
import { EmulatedAccount } from "./conformance/emulated-account.ts";
import { Emulator } from "./conformance/emulator.ts";
import { MOTO_GAPS } from "./conformance/gaps.ts";
import { Judge } from "./conformance/judge.ts";
import { JudgedStack } from "./conformance/judged-stack.ts";
import { Verdicts } from "./conformance/verdicts.ts";
import { STATE_BUCKET_STACK } from "./deployment/bootstrap.ts";
import { deploy, destroy } from "./deployment/deploy.ts";
import type { Stack } from "./deployment/manifest.ts";
import { StackLines } from "./deployment/progress.ts";
import { synthesize } from "./local/synthesize.ts";
import { findPluginMirror, type PluginMirror } from "./plugin-mirror.ts";

/**
 * `npm run conformance`: puts every stack before judges that nobody here wrote, real Terraform with the real hashicorp/aws against the emulator moto:
 * init, validate, plan, apply, a second plan that must be empty, and destroy, with the states in the emulator's S3. Its last line is the count. Names of
 * stacks choose these and what they depend on: `npm run conformance -- frontend`.
 */
const verdicts = new Verdicts();
const mirror = findPluginMirror();
if (!mirror) skip("no hashicorp/aws in a local plugin mirror; NV_DEMO_PLUGIN_MIRROR names its folder");
else if (!isThere("moto_server")) skip("no moto_server on the PATH; pip install 'moto[server]' brings it");
else await run(mirror);
verdicts.report(console.log);
process.exit(verdicts.failed ? 1 : 0);

function skip(reason: string): void {
  verdicts.skip("every stack before the real provider", reason);
}

function isThere(program: string): boolean {
  return spawnSync(program, ["--help"], { stdio: "ignore" }).status === 0;
}

async function run(provider: PluginMirror): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "nv-demo-conformance-"));
  const accounts: EmulatedAccount[] = [];
  // whatever ends this program ends what it started
  process.on("exit", () => {
    for (const account of accounts) account.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => process.exit(130));
  process.on("disconnect", () => process.exit(130)); // the launcher is gone

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
  const copy = copyOfStateBucket(stacks, join(folder, "bootstrap", "stack"));
  await Promise.all([
    judge(wanted(stacks, names), names.length === 0, account),
    tryBootstrap(otherAccount, new JudgedStack(copy, MOTO_GAPS.leftOut), verdicts),
  ]);
}

/** As for an account of AWS; different is only what the emulator or the older provider does not know. */
function synthesizeFor(outdir: string): Promise<Stack[]> {
  return synthesize(outdir, {
    NV_DEMO_ENVIRONMENT: "dev",
    NV_DEMO_ACCOUNT_ID: Emulator.accountId,
    NV_DEMO_DOMAIN: "files.example.org",
    NV_DEMO_LAMBDA_RUNTIME: "nodejs22.x",
    NV_DEMO_S3_ADDRESSING: "path",
  });
}

/** Those named and all that they depend on; without names all of them. */
function wanted(stacks: readonly Stack[], names: readonly string[]): readonly Stack[] {
  if (names.length === 0) return stacks;
  const found = new Set<Stack>();
  const add = (name: string) => {
    const stack = stacks.find((candidate) => candidate.name === name);
    if (!stack) throw new Error(`there is no stack "${name}"`);
    if (found.has(stack)) return;
    found.add(stack);
    stack.dependencies.forEach(add);
  };
  [STATE_BUCKET_STACK, ...names].forEach(add);
  return stacks.filter((stack) => found.has(stack));
}

function copyOfStateBucket(stacks: readonly Stack[], directory: string): Stack {
  const stack = stacks.find(({ name }) => name === STATE_BUCKET_STACK);
  if (!stack) throw new Error(`there is no stack "${STATE_BUCKET_STACK}"`);
  cpSync(stack.directory, directory, { recursive: true });
  return { ...stack, directory };
}

/** @param whole when all stacks are judged, every gap of the emulator must have been met. */
async function judge(stacks: readonly Stack[], whole: boolean, account: EmulatedAccount): Promise<void> {
  const judged = new Judge(stacks, MOTO_GAPS, verdicts);
  const deployment = (deed: string) => {
    console.log(`\n${deed}:`);
    const lines = new StackLines(
      stacks.map(({ name }) => name),
      process.stdout,
    );
    return account.deployment(stacks, verdicts.recording(lines, deed));
  };
  if ((await deploy(deployment("apply"), judged.work)) && whole) judged.conclude();
  await destroy(deployment("destroy"));
}
