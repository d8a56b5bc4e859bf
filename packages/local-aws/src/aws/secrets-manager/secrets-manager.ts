import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { type Access, jsonService } from "../../gateway/protocol.ts";
import type { AwsService } from "../../gateway/service.ts";
import type { TerraformParts } from "../../provider/resource-handler.ts";
import type { Clock } from "../../runtime/clock.ts";
import type { ManagedSecrets } from "./managed-secrets.ts";
import { secretsManagerOperations } from "./operations/index.ts";
import type { RandomInteger } from "./random-integer.ts";
import { versionOf, withVersion } from "./secret.ts";
import { SecretFile } from "./secret-file.ts";
import { SecretStore } from "./secret-store.ts";
import { secretsManagerTerraform } from "./terraform/index.ts";

export interface SecretsManagerOptions {
  /** Where the values are stored. */
  readonly directory: string;
  readonly access: Access;
  readonly clock: Clock;
  readonly random: RandomInteger;
}

/** Secrets with versions and stages. The values are stored unencrypted, in a file that only its owner can read. */
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

  /** The values of all versions, so that they can be kept out of what is shown. */
  values(): string[] {
    const versions = this.#store.all().flatMap((secret) => secret.versions);
    return versions.flatMap(({ secretString }) => (secretString === undefined ? [] : [secretString]));
  }

  deleteManaged(arn: string): void {
    const secret = this.#store.find(arn);
    if (secret) this.#store.remove(secret);
  }
}
