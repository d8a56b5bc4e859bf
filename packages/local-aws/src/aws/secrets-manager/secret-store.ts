import { arn } from "../../runtime/account.ts";
import type { Clock } from "../../runtime/clock.ts";
import { AwsError } from "../../runtime/error.ts";
import type { Secret } from "./secret.ts";
import type { SecretFile } from "./secret-file.ts";

const ARN_SUFFIX_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const ARN_SUFFIX_LENGTH = 6;

/** A whole number from 0 up to, not including, `exclusiveMaximum`; from a cryptographic source outside tests. */
export type RandomInteger = (exclusiveMaximum: number) => number;

/** What a secret is made from. */
export interface NewSecret {
  readonly name: string;
  readonly arn: string;
  readonly description?: string | undefined;
  readonly kmsKeyId?: string | undefined;
  readonly policy?: string | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly owningService?: string | undefined;
}

/** The secrets, found as AWS finds them: by name, by ARN, or by ARN without its random suffix. */
export class SecretStore {
  readonly #file: SecretFile;
  readonly #clock: Clock;
  readonly #random: RandomInteger;
  readonly #secrets: Map<string, Secret>;

  constructor(file: SecretFile, clock: Clock, random: RandomInteger) {
    this.#file = file;
    this.#clock = clock;
    this.#random = random;
    this.#secrets = new Map(file.read().map((secret) => [secret.arn, secret]));
  }

  all(): Secret[] {
    this.#sweep();
    return [...this.#secrets.values()];
  }

  find(id: string): Secret | undefined {
    return this.all().find(
      (secret) => secret.name === id || secret.arn === id || secret.arn.slice(0, -ARN_SUFFIX_LENGTH - 1) === id,
    );
  }

  /**
   * A secret that is not being deleted.
   *
   * @throws AwsError `ResourceNotFoundException`, `InvalidRequestException`
   */
  get(id: string): Secret {
    const secret = this.find(id);
    if (!secret) {
      throw new AwsError("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
    }
    if (secret.deletionAt !== undefined) {
      throw new AwsError(
        "InvalidRequestException",
        "You can't perform this operation on the secret because it was marked for deletion.",
      );
    }
    return secret;
  }

  /** An ARN for a new secret of this name; nothing is stored. */
  newArn(name: string): string {
    const suffix = Array.from(
      { length: ARN_SUFFIX_LENGTH },
      () => ARN_SUFFIX_CHARACTERS[this.#random(ARN_SUFFIX_CHARACTERS.length)],
    );
    return arn("secretsmanager", `secret:${name}-${suffix.join("")}`);
  }

  /** @throws AwsError when the name is taken, also by a secret that can still be restored. */
  checkFree(name: string): void {
    const known = this.find(name);
    if (known?.deletionAt !== undefined) {
      throw new AwsError(
        "InvalidRequestException",
        "You can't create this secret because a secret with this name is already scheduled for deletion.",
      );
    }
    if (known) {
      throw new AwsError("ResourceExistsException", `The operation failed because the secret ${name} already exists.`);
    }
  }

  create(from: NewSecret): Secret {
    const now = this.#clock.now();
    const secret: Secret = {
      description: "",
      kmsKeyId: undefined,
      policy: "",
      tags: {},
      ...from,
      createdAt: now,
      changedAt: now,
      versions: [],
    } as Secret;
    this.put(secret);
    return secret;
  }

  put(secret: Secret): void {
    this.#secrets.set(secret.arn, secret);
    this.#save();
  }

  remove(secret: Secret): void {
    this.#secrets.delete(secret.arn);
    this.#save();
  }

  /** Removes what could be restored until now. */
  #sweep(): void {
    const now = this.#clock.now();
    const gone = [...this.#secrets.values()].filter(({ deletionAt = Number.POSITIVE_INFINITY }) => deletionAt <= now);
    for (const { arn } of gone) this.#secrets.delete(arn);
    if (gone.length > 0) this.#save();
  }

  #save(): void {
    this.#file.write([...this.#secrets.values()]);
  }
}
