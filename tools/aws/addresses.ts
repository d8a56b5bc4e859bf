import { S3Client } from "@aws-sdk/client-s3";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import * as v from "valibot";
import type { EnvironmentData } from "../../stacks/environment/environments.ts";
import type { Aws } from "./open-aws.ts";
import { StackOutputs } from "./stack-outputs.ts";

/** The addresses of the systems of an environment. Those of parts that it does not have are empty. */
export interface Addresses {
  /** The Files API, without a trailing slash. */
  readonly apiUrl: string;
  /** The Shout API, without a trailing slash. */
  readonly shoutUrl: string;
  /** The Sum system, without a trailing slash. */
  readonly sumUrl: string;
  /** Stage → the Hello API, without a trailing slash. */
  readonly helloUrls: Readonly<Record<string, string>>;
  /** Stage → the Releases system, without a trailing slash. */
  readonly releasesUrls: Readonly<Record<string, string>>;
  /** The secret with the user and the password of the Files API. */
  readonly clientSecretArn: string;
}

/** The user of the Files API. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

const clientSecret = v.object({ username: v.optional(v.string(), ""), password: v.optional(v.string(), "") });

/** Reads the addresses from the outputs of the stacks. */
export async function readAddresses(client: Aws["client"], environment: EnvironmentData): Promise<Addresses> {
  const s3 = new S3Client({ ...client, forcePathStyle: environment.s3Addressing === "path" });
  const read = (stack: string) => StackOutputs.read(s3, environment, stack);
  try {
    const [frontend, secrets, shout, sum, hello, releases] = await Promise.all([
      read("frontend"),
      read("secrets"),
      read("shout"),
      read("sum"),
      read("hello"),
      read("releases"),
    ]);
    return {
      apiUrl: frontend.text("api_url").replace(/\/$/, ""),
      shoutUrl: shout.text("url"),
      sumUrl: sum.text("url"),
      helloUrls: hello.byName("stages", "urls"),
      releasesUrls: releases.byName("stages", "urls"),
      clientSecretArn: secrets.text("client_secret_arn"),
    };
  } finally {
    s3.destroy();
  }
}

/** Reads the user and the password of the Files API from Secrets Manager. */
export async function readCredentials(client: Aws["client"], clientSecretArn: string): Promise<Credentials> {
  const secrets = new SecretsManagerClient(client);
  try {
    const { SecretString = "{}" } = await secrets.send(new GetSecretValueCommand({ SecretId: clientSecretArn }));
    return v.parse(v.pipe(v.string(), v.parseJson(), clientSecret), SecretString);
  } finally {
    secrets.destroy();
  }
}
