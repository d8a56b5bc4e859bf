import { awsVariables } from "@nv-demo/local-aws";
import type { EnvironmentName } from "../../stacks/environment/environment.ts";
import { type Addresses, type Credentials, readAddresses, readCredentials } from "../aws/addresses.ts";
import { notificationsUrl } from "../aws/emulated-hosts.ts";
import { findRunning } from "../aws/find-running.ts";
import { openAws } from "../aws/open-aws.ts";
import { CommandError } from "../command-line/errors.ts";
import type { Variables } from "./shell.ts";

/** What there is to know about a deployment. */
export interface EnvironmentInfo {
  readonly environment: EnvironmentName;
  readonly addresses: Addresses;
  /** The user of the Files API; undefined when it was not asked for. */
  readonly credentials: Credentials | undefined;
  /** With these, clients reach the local AWS; undefined for an environment on AWS. */
  readonly awsVariables: Readonly<Record<string, string>> | undefined;
  /** The process of the local deployment. */
  readonly pid: number | undefined;
  /** The dashboard of the local deployment, with the token of its run. */
  readonly dashboardUrl: string | undefined;
  /** What the emulated Slack and PagerDuty of the local deployment have received. */
  readonly notificationsUrl: string | undefined;
}

/** There is no Files API yet. */
export class IncompleteDeploymentError extends CommandError {
  override readonly name = "IncompleteDeploymentError";
  readonly code = "INCOMPLETE_DEPLOYMENT";

  constructor(environment: EnvironmentName) {
    super(
      `The Files API is not deployed to ${environment} yet. ` +
        (environment === "local" ? "Wait until npm start has finished." : `Run npm run deploy -- ${environment}`),
    );
  }
}

/**
 * Reads what there is to know about a deployment.
 *
 * @param withPassword reads the user and the password, too.
 * @throws WrongAwsError, IncompleteDeploymentError
 */
export async function readEnvironmentInfo(
  environment: EnvironmentName,
  withPassword: boolean,
): Promise<EnvironmentInfo> {
  const { client, environment: data } = await openAws(environment);
  const addresses = await readAddresses(client, data);
  if (addresses.apiUrl === "") throw new IncompleteDeploymentError(environment);
  const { endpoint, credentials: accessKey } = client;
  const running = environment === "local" ? findRunning() : undefined;
  return {
    environment,
    addresses,
    credentials: withPassword ? await readCredentials(client, addresses.clientSecretArn) : undefined,
    awsVariables: endpoint === undefined || accessKey === undefined ? undefined : awsVariables({ endpoint, accessKey }),
    pid: running?.pid,
    dashboardUrl: running?.dashboardUrl,
    notificationsUrl: running && notificationsUrl(running.hosts),
  };
}

/** The variables of the AWS clients, which `npm run env` sets for the local deployment. */
const AWS_VARIABLES = [
  "AWS_ENDPOINT_URL",
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_REGION",
  "AWS_DEFAULT_REGION",
] as const;

/** The variables of the systems; those that do not exist are undefined. */
function systemVariables(info: EnvironmentInfo | undefined): Variables {
  const { addresses, credentials } = info ?? {};
  const known = (value: string | undefined) => value || undefined;
  return {
    FILES_URL: known(addresses?.apiUrl),
    FILES_USER: known(credentials?.username),
    FILES_PASSWORD: known(credentials?.password),
    RELEASES_URL: known(addresses?.releasesUrls.live),
    HELLO_URL: known(addresses?.helloUrls.live),
    SHOUT_URL: known(addresses?.shoutUrl),
    SUM_URL: known(addresses?.sumUrl),
  };
}

/** The variables of a deployment for a shell. */
export function variablesOf(info: EnvironmentInfo): Variables {
  return { ...info.awsVariables, ...systemVariables(info) };
}

/** Removes what {@link variablesOf} may have set. */
export function noVariables(): Variables {
  return { ...Object.fromEntries(AWS_VARIABLES.map((name) => [name, undefined])), ...systemVariables(undefined) };
}
