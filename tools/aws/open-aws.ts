import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { type AccessKey, findLocalAws } from "@nv-demo/local-aws";
import type { Environment } from "../../stacks/environment/environment.ts";
import { readEnvironment } from "../../stacks/environment/read-environment.ts";
import { dataDirectory } from "../synth/settings.ts";

/** AWS as the commands that look after a deployment use it. */
export interface Aws {
  readonly environment: Environment;
  /** For the constructor of any SDK client. */
  readonly client: { readonly region: string; readonly endpoint?: string; readonly credentials?: AccessKey };
  /** ARN of whoever runs the command. */
  readonly caller: string;
}

/** There is no AWS to work on, or another than the one that was meant. */
export class WrongAwsError extends Error {
  override readonly name = "WrongAwsError";
  readonly code: "NoLocalDeployment" | "WrongAccount";

  constructor(code: WrongAwsError["code"], message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * The AWS of an environment, by default of that in `NV_DEMO_ENVIRONMENT`: the running local deployment, or its account with the shell's credentials.
 *
 * @throws WrongAwsError
 */
export async function openAws(environment: Environment = readEnvironment(process.env)): Promise<Aws> {
  const client = clientOf(environment);
  const sts = new STSClient(client);
  const { Account, Arn = "" } = await sts.send(new GetCallerIdentityCommand({}));
  sts.destroy();
  if (Account !== environment.accountId) {
    throw new WrongAwsError(
      "WrongAccount",
      `The credentials are of the account ${Account}, and ${environment.name} is in ${environment.accountId}.`,
    );
  }
  return { environment, client, caller: Arn };
}

/** How SDK clients reach the AWS of an environment, whoever's account that is. @throws WrongAwsError when it is local and not running */
export function clientOf({ name, region }: Environment): Aws["client"] {
  return { region, ...(name === "local" && localAddress()) };
}

function localAddress() {
  const local = findLocalAws(dataDirectory());
  if (!local?.endpoint) {
    throw new WrongAwsError(
      "NoLocalDeployment",
      "No local deployment is running. Start one with npm start, or set NV_DEMO_ENVIRONMENT to dev or prod.",
    );
  }
  return { endpoint: local.endpoint, credentials: local.accessKey };
}
