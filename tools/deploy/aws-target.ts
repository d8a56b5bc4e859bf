import { join, resolve } from "node:path";
import { ECRClient } from "@aws-sdk/client-ecr";
import { S3Client } from "@aws-sdk/client-s3";
import type { EnvironmentName } from "../../stacks/environment/environment.ts";
import { readEnvironment } from "../../stacks/environment/read-environment.ts";
import { openAws } from "../aws/open-aws.ts";
import { pushByDocker } from "../images/docker-images.ts";
import { outputDirectory, ROOT } from "../synth/settings.ts";
import { synthesize } from "../synth/synthesize.ts";
import { installProviders } from "./provider-installation.ts";
import type { Target, TargetOptions } from "./target.ts";
import { Terraform } from "./terraform.ts";

/** Each Terraform has a provider process of half a gigabyte beside it. */
const PARALLELISM = 4;

/** The account of an environment, with the shell's credentials. */
export async function openAwsTarget(name: EnvironmentName, { providerLock }: TargetOptions): Promise<Target> {
  const environment = readEnvironment({ ...process.env, NV_DEMO_ENVIRONMENT: name });
  const { client } = await openAws(environment);
  const output = outputDirectory(name);
  const stacks = await synthesize(output, { NV_DEMO_ENVIRONMENT: name });
  const TF_PLUGIN_CACHE_DIR = process.env.TF_PLUGIN_CACHE_DIR ?? join(outputDirectory(), "plugins");
  const terraform = new Terraform({ ...process.env, TF_PLUGIN_CACHE_DIR });
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
    pushImage: pushByDocker(ecr),
    providerLock: await installProviders(terraform, stacks, {
      folder: join(output, "providers"),
      cache: TF_PLUGIN_CACHE_DIR,
      lock: providerLock,
    }),
    settle: async () => {},
    close: async () => {},
  };
}
