import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { readAccessKey } from "../../local/access-key.ts";
import { findInstance } from "../../local/instance-lock.ts";
import { awsVariables, dataDirectory, localEnvironment, outputDirectory } from "./settings.ts";

/** What a person needs to use a running local deployment. Addresses are empty, or missing, of parts that it leaves out. */
export interface LocalDeployment {
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

/** Reads it as anyone would: addresses from Terraform's outputs, the password from Secrets Manager. */
export async function describeDeployment(endpoint: string): Promise<LocalDeployment> {
  const accessKey = readAccessKey(dataDirectory());
  const variables = awsVariables(endpoint, accessKey);
  const of = (stack: string) => stackOutputs(stack, variables);
  const [frontend, secrets, shout, sum, hello, releases] = await Promise.all(
    ["frontend", "secrets", "shout", "sum", "hello", "releases"].map(of),
  );
  const client = new SecretsManagerClient({ endpoint, region: "us-east-1", credentials: accessKey });
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
    awsVariables: variables,
  };
}

/** The deployment that runs now, if one does. */
export async function findDeployment(): Promise<LocalDeployment | undefined> {
  const instance = findInstance(dataDirectory());
  if (!instance || instance.port === 0 || !existsSync(outputDirectory())) return undefined;
  return describeDeployment(`http://127.0.0.1:${instance.port}`);
}

/** What a stack told of itself. */
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
async function stackOutputs(stack: string, variables: Readonly<Record<string, string>>): Promise<Outputs> {
  const cwd = join(outputDirectory(), "stacks", stack);
  if (!existsSync(cwd)) return new Outputs({});
  const { stdout } = await promisify(execFile)("terraform", ["output", "-json"], {
    cwd,
    env: localEnvironment(variables),
  });
  return new Outputs(JSON.parse(stdout));
}
