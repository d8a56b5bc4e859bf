import { join, resolve } from "node:path";
import { ECRClient } from "@aws-sdk/client-ecr";
import { S3Client } from "@aws-sdk/client-s3";
import type { EnvironmentName } from "../../stacks/environment/environment.ts";
import { openAws } from "../aws/open-aws.ts";
import { silentSteps } from "../command-line/terminal/steps.ts";
import { pushWithDocker } from "../images/docker-images.ts";
import { outputDirectory } from "../paths/output-directory.ts";
import { ROOT } from "../paths/root.ts";
import { chooseStacks } from "../synth/manifest.ts";
import { synthesizeWithSteps } from "../synth/synthesis-steps.ts";
import { installProviders } from "../terraform/provider-installation.ts";
import { Terraform } from "../terraform/terraform.ts";
import { stopWhenInterrupted } from "./stop-when-interrupted.ts";
import type { Target, TargetOptions } from "./target.ts";

/** Each Terraform has its own provider process, which needs 500 MB. */
const PARALLELISM = 4;

/** Opens the account of an environment with the credentials of the shell. */
export async function openAwsTarget(
  name: EnvironmentName,
  { providerLock, stackNames = [], steps = silentSteps }: TargetOptions,
): Promise<Target> {
  const { environment, client } = await openAws(name);
  const output = outputDirectory(name);
  const stacks = await synthesizeWithSteps(steps, { outdir: output, variables: { NV_DEMO_ENVIRONMENT: name } });
  chooseStacks(stacks, stackNames);
  const TF_PLUGIN_CACHE_DIR = process.env.TF_PLUGIN_CACHE_DIR ?? join(outputDirectory(), "plugins");
  const terraform = new Terraform({ ...process.env, TF_PLUGIN_CACHE_DIR });
  stopWhenInterrupted(terraform);
  const ecr = new ECRClient(client);
  return {
    environment,
    stacks,
    output,
    terraform,
    parallelism: PARALLELISM,
    bootstrapState: resolve(ROOT, `bootstrap-${name}.tfstate`),
    s3: new S3Client({ ...client, forcePathStyle: environment.s3Addressing === "path" }),
    ecr,
    pushImage: pushWithDocker(ecr),
    providerLock: await installProviders(terraform, stacks, {
      folder: join(output, "providers"),
      cache: TF_PLUGIN_CACHE_DIR,
      lock: providerLock,
    }),
    afterDeployment: async () => {},
    close: async () => {},
  };
}
