import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { type AccessKey, awsVariables, clientEnvironment, findLocalAws } from "@nv-demo/local-aws";
import { dataDirectory, outputDirectory } from "../synth/settings.ts";

/** What a person needs to use a running local deployment. Addresses are empty, or missing, of parts that it leaves out. */
export interface LocalEndpoints {
  /** Of the Files API, without a slash at the end. */
  readonly apiUrl: string;
  readonly username: string;
  readonly password: string;
  /** Of the Shout API, without a slash at the end. */
  readonly shoutUrl: string;
  /** Of the Sum system, without a slash at the end. */
  readonly sumUrl: string;
  /** Of each stage of the Hello API, without a slash at the end. */
  readonly helloUrls: Readonly<Record<string, string>>;
  /** Of each stage of the Releases system, without a slash at the end. */
  readonly releasesUrls: Readonly<Record<string, string>>;
  /** Makes the AWS CLI and SDKs talk to it. */
  readonly awsVariables: Readonly<Record<string, string>>;
}

/** Of a running local AWS. */
interface Address {
  readonly endpoint: string;
  readonly accessKey: AccessKey;
}

/** Reads it as anyone would: addresses from Terraform's outputs, the password from Secrets Manager. */
export async function readLocalEndpoints(aws: Address): Promise<LocalEndpoints> {
  const of = (stack: string) => stackOutputs(stack, aws);
  const [frontend, secrets, shout, sum, hello, releases] = await Promise.all(
    ["frontend", "secrets", "shout", "sum", "hello", "releases"].map(of),
  );
  const client = new SecretsManagerClient({ endpoint: aws.endpoint, region: "us-east-1", credentials: aws.accessKey });
  const { SecretString = "{}" } = await client.send(
    new GetSecretValueCommand({ SecretId: secrets?.text("client_secret_arn") }),
  );
  client.destroy();
  const { username = "", password = "" } = JSON.parse(SecretString) as { username?: string; password?: string };
  return {
    apiUrl: frontend?.text("api_url").replace(/\/$/, "") ?? "",
    username,
    password,
    shoutUrl: shout?.text("url") ?? "",
    sumUrl: sum?.text("url") ?? "",
    helloUrls: hello?.byName("stages", "urls") ?? {},
    releasesUrls: releases?.byName("stages", "urls") ?? {},
    awsVariables: awsVariables(aws),
  };
}

/** The deployment that runs now, if one does. */
export async function findLocalEndpoints(): Promise<LocalEndpoints | undefined> {
  const local = findLocalAws(dataDirectory());
  if (!local?.endpoint || !existsSync(outputDirectory())) return undefined;
  return readLocalEndpoints({ endpoint: local.endpoint, accessKey: local.accessKey });
}

/** The outputs of a stack. */
class Outputs {
  readonly #values: Readonly<Record<string, { readonly value?: unknown }>>;

  constructor(values: Readonly<Record<string, { readonly value?: unknown }>>) {
    this.#values = values;
  }

  text(name: string): string {
    return String(this.#values[name]?.value ?? "");
  }

  /** Two lists of the same order as name → value. */
  byName(names: string, values: string): Record<string, string> {
    const list = (name: string) => (this.#values[name]?.value ?? []) as readonly string[];
    return Object.fromEntries(list(names).map((name, index) => [name, list(values)[index] ?? ""]));
  }
}

/** None of a stack that the environment leaves out. */
async function stackOutputs(stack: string, aws: Address): Promise<Outputs> {
  const cwd = join(outputDirectory(), "stacks", stack);
  if (!existsSync(cwd)) return new Outputs({});
  const { stdout } = await promisify(execFile)("terraform", ["output", "-json"], {
    cwd,
    env: clientEnvironment(aws),
  });
  return new Outputs(JSON.parse(stdout));
}
