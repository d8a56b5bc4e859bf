import type { AccessKey } from "./aws/iam/access-control.ts";
import { REGION } from "./runtime/account.ts";

/** The variables with which Terraform, the AWS CLI and every SDK connect to the local AWS. */
export function awsVariables({
  endpoint,
  accessKey,
}: {
  readonly endpoint: string;
  readonly accessKey: AccessKey;
}): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: accessKey.accessKeyId,
    AWS_SECRET_ACCESS_KEY: accessKey.secretAccessKey,
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
  };
}

/** An environment with {@link awsVariables}, and without variables that would take precedence over them. */
export function clientEnvironment(
  aws: Parameters<typeof awsVariables>[0],
  environment: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
  const { AWS_PROFILE, AWS_SESSION_TOKEN, AWS_CA_BUNDLE, AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE, ...rest } =
    environment;
  return {
    ...rest,
    ...awsVariables(aws),
    AWS_EC2_METADATA_DISABLED: "true",
    NO_PROXY: "127.0.0.1,localhost",
    CHECKPOINT_DISABLE: "1",
    TF_CLI_CONFIG_FILE: "", // The user's plugin mirror or cache must not apply.
  };
}
