import { existsSync, rmSync } from "node:fs";
import { createInterface } from "node:readline/promises";
import { findLocalAws, InstanceRunningError } from "@nv-demo/local-aws";
import { readCommandLine, runCommand, UsageError } from "../tools/command-line/command-line.ts";
import { destroy } from "../tools/deploy/deploy.ts";
import { openProgress } from "../tools/deploy/json-progress.ts";
import { withTarget } from "../tools/deploy/open-target.ts";
import { refuseStacksLeftBehind } from "../tools/deploy/orphaned-stacks.ts";
import { destroyableStacks, keptData } from "../tools/deploy/protected-data.ts";
import { requireStateBucket, stateBucketExists } from "../tools/deploy/state-bucket.ts";
import type { Target } from "../tools/deploy/target.ts";
import { S3States } from "../tools/doctor/s3-states.ts";
import { dataDirectory } from "../tools/synth/settings.ts";

/**
 * `npm run destroy -- <environment>`: takes an environment away, in reverse order, and at last its state bucket. Without an environment the local
 * deployment and its data folder. What the environment's data says to keep is kept, and so are the stacks that it needs.
 *
 *   --confirm <name>  the environment's name, where nobody is there to type it
 *   --production      prod is refused without it
 *   --json            tells it as lines of JSON
 */
const OPTIONS = {
  confirm: { type: "string" },
  production: { type: "boolean" },
  json: { type: "boolean" },
} as const;

await runCommand(async () => {
  const { environment, names, values } = readCommandLine(OPTIONS);
  if (names.length > 0) throw new UsageError(`An environment is destroyed as a whole, not ${names.join(", ")}.`);
  if (environment === "local") return destroyLocal(values.json);
  if (environment === "prod" && !values.production) {
    throw new UsageError("This is production: say --production as well.");
  }
  return withTarget(environment, {}, async (target) => {
    await refuseStacksLeftBehind(new S3States(target.s3, target.stacks), environment);
    tellWhatIsKept(target);
    const confirmed = values.confirm ?? (await ask(`Type ${environment} to destroy it: `));
    if (confirmed !== environment) throw new UsageError(`That is not ${environment}; nothing was destroyed.`);
    return destroyTarget(target, values.json);
  });
});

async function destroyLocal(json?: boolean): Promise<number> {
  const data = dataDirectory();
  if (!existsSync(data)) {
    console.log(`There is no local deployment in ${data}.`);
    return 0;
  }
  const running = findLocalAws(data);
  if (running) throw new InstanceRunningError(data, running);
  const code = await withTarget("local", {}, async (target) =>
    // a data folder in which nothing was ever deployed has no bucket
    (await stateBucketExists(target.s3, target.stacks)) ? destroyTarget(target, json) : 0,
  );
  if (code === 0) rmSync(data, { recursive: true, force: true });
  return code;
}

async function destroyTarget(target: Target, json?: boolean): Promise<number> {
  await requireStateBucket(target);
  const stacks = destroyableStacks(target.stacks);
  const progress = openProgress(stacks, json);
  const bucketExists = () => stateBucketExists(target.s3, target.stacks);
  const succeeded = await destroy({ ...target, stacks, progress, stateBucketExists: bucketExists });
  progress.report();
  if (json) console.log(JSON.stringify({ type: "result", succeeded }));
  return succeeded ? 0 : 1;
}

function tellWhatIsKept({ environment, stacks }: Target): void {
  const kept = keptData(stacks);
  if (kept.length === 0) return;
  const destroyable = destroyableStacks(stacks);
  const staying = stacks.filter((stack) => !destroyable.includes(stack)).map(({ name }) => name);
  console.error(`${environment.name} keeps its data:`);
  for (const { stack, address } of kept) console.error(`  ${stack}  ${address}`);
  console.error(`So these stacks stay: ${staying.join(", ")}.`);
}

async function ask(question: string): Promise<string> {
  if (!process.stdin.isTTY)
    throw new UsageError("Nobody is there to type the environment's name: give it by --confirm.");
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question(question)).trim();
  } finally {
    terminal.close();
  }
}
