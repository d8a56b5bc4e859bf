import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { type AccessKey, awsVariables, clientEnvironment, findLocalAws } from "@nv-demo/local-aws";
import * as v from "valibot";
import { environmentData } from "../../stacks/environment/environments.ts";
import { dataDirectory } from "../paths/data-directory.ts";
import { outputDirectory } from "../paths/output-directory.ts";

/** The addresses of a running local deployment. Those of parts that it does not have are empty or missing. */
export interface LocalEndpoints {
  /** The Files API, without a trailing slash. */
  readonly apiUrl: string;
  readonly username: string;
  readonly password: string;
  /** The Shout API, without a trailing slash. */
  readonly shoutUrl: string;
  /** The Sum system, without a trailing slash. */
  readonly sumUrl: string;
  /** Stage → the Hello API, without a trailing slash. */
  readonly helloUrls: Readonly<Record<string, string>>;
  /** Stage → the Releases system, without a trailing slash. */
  readonly releasesUrls: Readonly<Record<string, string>>;
  /** Environment variables for the AWS CLI and SDKs. */
  readonly awsVariables: Readonly<Record<string, string>>;
}

const clientSecret = v.object({ username: v.optional(v.string(), ""), password: v.optional(v.string(), "") });

/** The output of `terraform output -json`. */
const outputs = v.record(v.string(), v.object({ value: v.unknown() }));

/** The address of a running local AWS. */
interface LocalAwsAddress {
  readonly endpoint: string;
  readonly accessKey: AccessKey;
}

/** Reads the addresses from Terraform's outputs, and the credentials from Secrets Manager. */
export async function readLocalEndpoints(aws: LocalAwsAddress): Promise<LocalEndpoints> {
  const [frontend, secrets, shout, sum, hello, releases] = await Promise.all(
    ["frontend", "secrets", "shout", "sum", "hello", "releases"].map((stack) => stackOutputs(stack, aws)),
  );
  const { region } = environmentData("local");
  const client = new SecretsManagerClient({ endpoint: aws.endpoint, region, credentials: aws.accessKey });
  const { SecretString = "{}" } = await client.send(
    new GetSecretValueCommand({ SecretId: secrets?.text("client_secret_arn") }),
  );
  client.destroy();
  const { username, password } = v.parse(v.pipe(v.string(), v.parseJson(), clientSecret), SecretString);
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

/** The addresses of the running local deployment; undefined when none is running. */
export async function findLocalEndpoints(): Promise<LocalEndpoints | undefined> {
  const local = findLocalAws(dataDirectory());
  if (!local?.endpoint || !existsSync(outputDirectory())) return undefined;
  return readLocalEndpoints({ endpoint: local.endpoint, accessKey: local.accessKey });
}

/** The outputs of a stack. */
class Outputs {
  readonly #values: v.InferOutput<typeof outputs>;

  constructor(values: v.InferOutput<typeof outputs>) {
    this.#values = values;
  }

  text(name: string): string {
    return String(this.#values[name]?.value ?? "");
  }

  /** Two outputs that are lists in the same order, as name → value. */
  byName(names: string, values: string): Record<string, string> {
    const list = (name: string) => v.parse(v.array(v.string()), this.#values[name]?.value ?? []);
    return Object.fromEntries(list(names).map((name, index) => [name, list(values)[index] ?? ""]));
  }
}

/** The outputs of a stack; empty when the environment does not have it. */
async function stackOutputs(stack: string, aws: LocalAwsAddress): Promise<Outputs> {
  const cwd = join(outputDirectory(), "stacks", stack);
  if (!existsSync(cwd)) return new Outputs({});
  const { stdout } = await promisify(execFile)("terraform", ["output", "-json"], {
    cwd,
    env: clientEnvironment(aws),
  });
  return new Outputs(v.parse(v.pipe(v.string(), v.parseJson(), outputs), stdout));
}
