import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { AccessKey } from "@nv-demo/local-aws";
import type { Environment, EnvironmentName } from "../../stacks/environment/environment.ts";
import { readEnvironment } from "../../stacks/environment/read-environment.ts";
import { CommandError } from "../command-line/errors.ts";
import { findRunning } from "./find-running.ts";

/** Access to the AWS of an environment. */
export interface Aws {
  readonly environment: Environment;
  /** For the constructor of any SDK client. */
  readonly client: { readonly region: string; readonly endpoint?: string; readonly credentials?: AccessKey };
  /** The ARN of the principal that runs the command. */
  readonly caller: string;
}

/** No local deployment is running, or the credentials are those of another account. */
export class WrongAwsError extends CommandError {
  override readonly name = "WrongAwsError";
  readonly code: "NO_LOCAL_DEPLOYMENT" | "WRONG_ACCOUNT";

  constructor(code: WrongAwsError["code"], message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Connects to the AWS of an environment: the running local deployment, or its account with the credentials of the
 * shell.
 *
 * @throws WrongAwsError, EnvironmentError
 */
export async function openAws(name: EnvironmentName): Promise<Aws> {
  const environment = readEnvironment({ ...process.env, NV_DEMO_ENVIRONMENT: name });
  const client = clientOf(environment);
  const sts = new STSClient(client);
  const { Account, Arn = "" } = await sts.send(new GetCallerIdentityCommand({}));
  sts.destroy();
  if (Account !== environment.accountId) {
    const wrong = `The credentials belong to the account ${Account}; the account of ${name} is ${environment.accountId}.`;
    throw new WrongAwsError("WRONG_ACCOUNT", [wrong, endpointHint(process.env.AWS_ENDPOINT_URL)].flat().join("\n"));
  }
  return { environment, client, caller: Arn };
}

/**
 * The settings of SDK clients for the AWS of an environment. The account of the credentials is not verified.
 *
 * @throws WrongAwsError when the environment is local and not running.
 */
export function clientOf({ name, region }: Environment): Aws["client"] {
  return { region, ...(name === "local" && localSettings()) };
}

/** A shell with the variables of the local deployment reaches no other one. */
function endpointHint(endpoint: string | undefined): string[] {
  if (!endpoint) return [];
  return [`AWS_ENDPOINT_URL is ${endpoint} in this shell. Remove it: eval "$(npm run --silent env -- --unset)"`];
}

/** No local deployment is running. */
export function noLocalDeployment(): WrongAwsError {
  return new WrongAwsError(
    "NO_LOCAL_DEPLOYMENT",
    "No local deployment is running. Start one with npm start, or name another environment: dev or prod.",
  );
}

function localSettings() {
  const local = findRunning();
  if (local && !local.endpoint) {
    throw new WrongAwsError(
      "NO_LOCAL_DEPLOYMENT",
      `The local deployment is starting in process ${local.pid}. Wait until npm start has printed its address.`,
    );
  }
  if (!local?.endpoint) throw noLocalDeployment();
  return { endpoint: local.endpoint, credentials: local.accessKey };
}
