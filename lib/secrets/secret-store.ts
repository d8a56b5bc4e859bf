import { GetSecretValueCommand, type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";

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

/** Longer than Secrets Manager usually takes, and short enough for a request that waits for it. */
const TIMEOUT_MS = 2_000;

/** Reads secrets from AWS Secrets Manager. */
export class SecretsManagerStore implements SecretStore {
  readonly #client: Pick<SecretsManagerClient, "send">;

  constructor(client: Pick<SecretsManagerClient, "send">) {
    this.#client = client;
  }

  async read(arn: string): Promise<string> {
    try {
      const command = new GetSecretValueCommand({ SecretId: arn });
      const { SecretString } = await this.#client.send(command, { abortSignal: AbortSignal.timeout(TIMEOUT_MS) });
      if (SecretString === undefined) throw new Error("The secret has no SecretString");
      return SecretString;
    } catch (cause) {
      throw new SecretUnavailableError(`Cannot read the secret ${arn}`, { cause });
    }
  }
}
