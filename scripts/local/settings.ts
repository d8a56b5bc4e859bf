import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { AccessKey } from "../../local/aws/iam/access-control.ts";
import type { EnvironmentName } from "../../stacks/environment.ts";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Where a local deployment keeps everything: `NV_DEMO_DATA`, or `.local` in the repository. */
export function dataDirectory(): string {
  return resolve(ROOT, process.env.NV_DEMO_DATA ?? ".local");
}

/**
 * Where the stacks are synthesized to: beside the data when that is elsewhere, so that two deployments do not share it, and for AWS in a folder of the
 * environment's own, so that looking at one does not take the stacks from under a running local deployment.
 */
export function outputDirectory(environment: EnvironmentName = "local"): string {
  const local =
    process.env.NV_DEMO_DATA === undefined ? resolve(ROOT, "cdktf.out") : resolve(dataDirectory(), "cdktf.out");
  return environment === "local" ? local : resolve(local, environment);
}

/** The variables with which Terraform, the AWS CLI and every SDK talk to the stand-in. */
export function awsVariables(endpoint: string, { accessKeyId, secretAccessKey }: AccessKey): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_REGION: "us-east-1",
    AWS_DEFAULT_REGION: "us-east-1",
  };
}

/** This process's environment with those variables, and without what would lead a client past them. */
export function localEnvironment(variables: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const { AWS_PROFILE, AWS_SESSION_TOKEN, AWS_CA_BUNDLE, AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE, ...rest } =
    process.env;
  return {
    ...rest,
    ...variables,
    AWS_EC2_METADATA_DISABLED: "true",
    NO_PROXY: "127.0.0.1,localhost",
    NV_DEMO_ENVIRONMENT: "local",
    CHECKPOINT_DISABLE: "1",
    TF_CLI_CONFIG_FILE: "", // a mirror or a cache of the user's has no part in this
  };
}
