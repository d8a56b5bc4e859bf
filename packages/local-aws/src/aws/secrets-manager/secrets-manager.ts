import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { type Access, jsonService } from "../../gateway/protocol.ts";
import type { AwsService } from "../../gateway/service.ts";
import type { TerraformParts } from "../../provider/resource.ts";
import type { Clock } from "../../runtime/clock.ts";
import { secretsManagerOperations } from "./operations.ts";
import { versionOf, withVersion } from "./secret.ts";
import { SecretFile } from "./secret-file.ts";
import { type RandomInteger, SecretStore } from "./secret-store.ts";
import { secretsManagerTerraform } from "./terraform.ts";

export interface SecretsManagerOptions {
  /** Where the values are kept. */
  readonly directory: string;
  readonly access: Access;
  readonly clock: Clock;
  /** From a cryptographic source outside tests. */
  readonly random: RandomInteger;
}

/** What another service needs to keep a secret that it manages itself. */
export interface ManagedSecrets {
  /** Makes the secret; returns its ARN. */
  createManaged(name: string, owningService: string, description: string, value: string): string;
  /** The current value, or undefined when there is no such secret. */
  currentValue(arn: string): string | undefined;
  deleteManaged(arn: string): void;
}

/** Secrets with versions and stages. The values lie in one file that only its owner may read; they are not encrypted. */
export class SecretsManager implements ManagedSecrets {
  readonly service: AwsService;
  readonly terraform: TerraformParts;
  readonly #store: SecretStore;
  readonly #clock: Clock;

  constructor({ directory, access, clock, random }: SecretsManagerOptions) {
    this.#clock = clock;
    this.#store = new SecretStore(new SecretFile(join(directory, "secrets.json")), clock, random);
    const context = { store: this.#store, clock, random };
    this.service = jsonService(
      {
        signingName: "secretsmanager",
        target: "secretsmanager",
        jsonVersion: "1.1",
        operations: secretsManagerOperations(context),
      },
      access,
    );
    this.terraform = secretsManagerTerraform(context);
  }

  createManaged(name: string, owningService: string, description: string, value: string): string {
    const secret = this.#store.create({ name, arn: this.#store.newArn(name), description, owningService });
    this.#store.put(withVersion(secret, randomUUID(), { secretString: value }, this.#clock.now()));
    return secret.arn;
  }

  currentValue(arn: string): string | undefined {
    const secret = this.#store.find(arn);
    return secret && versionOf(secret, {}).secretString;
  }

  deleteManaged(arn: string): void {
    const secret = this.#store.find(arn);
    if (secret) this.#store.remove(secret);
  }
}
