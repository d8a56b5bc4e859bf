import { type AccessKey, awsVariables, type LocalAws } from "@nv-demo/local-aws";
import { environmentData } from "../../stacks/environment/environments.ts";
import { type Addresses, type Credentials, readAddresses, readCredentials } from "../aws/addresses.ts";
import { notificationsUrl } from "../aws/emulated-hosts.ts";
import { findRunning } from "../aws/find-running.ts";

/** The addresses of a running local deployment, and how to log in. */
export interface LocalEndpoints extends Omit<Addresses, "clientSecretArn">, Credentials {
  /** Environment variables for the AWS CLI and SDKs. */
  readonly awsVariables: Readonly<Record<string, string>>;
  /** The dashboard, with the token of the run. */
  readonly dashboardUrl?: string | undefined;
  /** What the emulated Slack and PagerDuty have received. */
  readonly notificationsUrl?: string | undefined;
}

/** The address of a running local AWS. */
interface LocalAwsAddress {
  readonly endpoint: string;
  readonly accessKey: AccessKey;
  readonly dashboardUrl: string | undefined;
  readonly hosts: LocalAws["hosts"];
}

/** Reads the addresses from the outputs of the stacks, and the credentials from Secrets Manager. */
export async function readLocalEndpoints(aws: LocalAwsAddress): Promise<LocalEndpoints> {
  const local = environmentData("local");
  const client = { endpoint: aws.endpoint, region: local.region, credentials: aws.accessKey };
  const { clientSecretArn, ...addresses } = await readAddresses(client, local);
  const credentials = await readCredentials(client, clientSecretArn);
  return {
    ...addresses,
    ...credentials,
    awsVariables: awsVariables(aws),
    dashboardUrl: aws.dashboardUrl,
    notificationsUrl: notificationsUrl(aws.hosts),
  };
}

/** The addresses of the running local deployment; undefined when none is running, or it is not deployed yet. */
export async function findLocalEndpoints(): Promise<LocalEndpoints | undefined> {
  const running = findRunning();
  if (!running?.endpoint) return undefined;
  const { endpoint, accessKey, dashboardUrl, hosts } = running;
  return readLocalEndpoints({ endpoint, accessKey, dashboardUrl, hosts });
}
