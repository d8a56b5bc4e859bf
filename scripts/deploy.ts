import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { ECRClient } from "@aws-sdk/client-ecr";
import { S3Client } from "@aws-sdk/client-s3";
import { deploy } from "./deployment/deploy.ts";
import { readStacks } from "./deployment/manifest.ts";
import { StackLines } from "./deployment/progress.ts";
import { stateBucketExists } from "./deployment/state-bucket.ts";
import { Terraform } from "./deployment/terraform.ts";
import { applyAndBringImages } from "./images/bring-images.ts";
import { pushByDocker } from "./images/docker-images.ts";
import { ROOT } from "./local/settings.ts";

/** `npm run deploy`: deploys every stack of the environment in `NV_DEMO_ENVIRONMENT` to AWS, with the shell's credentials. */
const PARALLELISM = 4;
const environment = process.env.NV_DEMO_ENVIRONMENT;
if (environment === undefined || environment === "local") {
  console.error("Set NV_DEMO_ENVIRONMENT to dev or prod; npm start deploys to this machine.");
  process.exit(2);
}

const output = resolve(ROOT, "cdktf.out");
const env = { ...process.env, CDKTF_OUTDIR: output };
const synthesized = spawnSync(process.execPath, [join(ROOT, "main.ts")], {
  cwd: ROOT,
  env,
  stdio: ["ignore", "ignore", "inherit"],
});
if (synthesized.status !== 0) process.exit(1);

const stacks = readStacks(output);
const progress = new StackLines(
  stacks.map(({ name }) => name),
  process.stderr,
);
const terraform = new Terraform(process.env);
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => terraform.stop());
const ecr = new ECRClient({});
const succeeded = await deploy(
  {
    stacks,
    terraform,
    progress,
    parallelism: PARALLELISM,
    bootstrapState: resolve(ROOT, `bootstrap-${environment}.tfstate`),
    stateBucketExists: () => stateBucketExists(new S3Client({}), stacks),
  },
  applyAndBringImages(ecr, output, pushByDocker(ecr)),
);
progress.report();
process.exit(succeeded ? 0 : 1);
