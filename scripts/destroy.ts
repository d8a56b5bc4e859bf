import { existsSync, rmSync } from "node:fs";
import { InstanceRunningError } from "../local/instance-lock.ts";
import { type LocalAws, startLocalAws } from "../local/local-aws.ts";
import { destroy } from "./deployment/deploy.ts";
import { StackLines } from "./deployment/progress.ts";
import { localDeployment } from "./local/deployer.ts";
import { dataDirectory } from "./local/settings.ts";
import { synthesize } from "./local/synthesize.ts";

/** `npm run destroy`: takes the local deployment away, by Terraform and in reverse order, and its data folder with it. */
const data = dataDirectory();
if (!existsSync(data)) {
  console.log(`There is no local deployment in ${data}.`);
  process.exit(0);
}
const stacks = await synthesize();
const aws = await start();
const progress = new StackLines(
  stacks.map(({ name }) => name),
  process.stderr,
);
const succeeded = await destroy(localDeployment(aws, stacks, progress));
progress.report();
await aws.stop();
if (succeeded) rmSync(data, { recursive: true, force: true });
process.exit(succeeded ? 0 : 1);

async function start(): Promise<LocalAws> {
  try {
    return await startLocalAws(data);
  } catch (error) {
    if (!(error instanceof InstanceRunningError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}
