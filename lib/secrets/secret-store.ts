import type { GetSecretValueCommandInput, GetSecretValueCommandOutput } from "@aws-sdk/client-secrets-manager";
import type { AwsAccess } from "../aws/access.ts";
import { JsonClient, secretsManager } from "../aws/json-client.ts";

/** Reads the current value of a secret by its ARN. */
export interface SecretStore {
  /** @throws SecretUnavailableError */
  read(arn: string): Promise<string>;
}

/** The secret cannot be read or does not have the expected form. Neither message nor cause contains its value. */
export class SecretUnavailableError extends Error {
  override readonly name = "SecretUnavailableError";
  readonly code = "SecretUnavailable";
}

interface Actions {
  readonly GetSecretValue: { readonly input: GetSecretValueCommandInput; readonly output: GetSecretValueCommandOutput };
}

/** Longer than Secrets Manager usually takes, and short enough for a request that waits for it. */
const TIMEOUT_MS = 2_000;

/** Reads secrets from AWS Secrets Manager. */
export class SecretsManagerStore implements SecretStore {
  readonly #client: Pick<JsonClient<Actions>, "call">;

  constructor(access: AwsAccess) {
    this.#client = new JsonClient(secretsManager, access, { timeout: TIMEOUT_MS });
  }

  async read(arn: string): Promise<string> {
    try {
      const { SecretString } = await this.#client.call("GetSecretValue", { SecretId: arn });
      if (SecretString === undefined) throw new Error("The secret has no SecretString");
      return SecretString;
    } catch (cause) {
      throw new SecretUnavailableError(`Cannot read the secret ${arn}`, { cause });
    }
  }
}
