import { arn } from "../../runtime/account.ts";
import type { Clock } from "../../runtime/clock.ts";
import { AwsError } from "../../runtime/error.ts";
import type { RandomInteger } from "./random-integer.ts";
import type { Secret } from "./secret.ts";
import type { SecretFile } from "./secret-file.ts";

const ARN_SUFFIX_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const ARN_SUFFIX_LENGTH = 6;

/** The attributes of a new secret. */
export interface NewSecret {
  readonly name: string;
  readonly arn: string;
  readonly description?: string | undefined;
  readonly kmsKeyId?: string | undefined;
  readonly policy?: string | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly owningService?: string | undefined;
}

/** All secrets. As on AWS, a secret is found by its name, its ARN, or its ARN without the random suffix. */
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
    this.#removeExpired();
    return [...this.#secrets.values()];
  }

  find(id: string): Secret | undefined {
    return this.all().find(
      (secret) => secret.name === id || secret.arn === id || secret.arn.slice(0, -ARN_SUFFIX_LENGTH - 1) === id,
    );
  }

  /** @throws AwsError `ResourceNotFoundException`. */
  getIncludingDeleted(id: string): Secret {
    const secret = this.find(id);
    if (secret) return secret;
    throw new AwsError("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
  }

  /**
   * @throws AwsError `ResourceNotFoundException`, or `InvalidRequestException` when the secret is scheduled for
   * deletion.
   */
  get(id: string): Secret {
    const secret = this.getIncludingDeleted(id);
    if (secret.deletionAt !== undefined) {
      throw new AwsError(
        "InvalidRequestException",
        "You can't perform this operation on the secret because it was marked for deletion.",
      );
    }
    return secret;
  }

  /** Returns an ARN for a new secret with this name, without storing anything. */
  newArn(name: string): string {
    const suffix = Array.from(
      { length: ARN_SUFFIX_LENGTH },
      () => ARN_SUFFIX_CHARACTERS[this.#random(ARN_SUFFIX_CHARACTERS.length)],
    );
    return arn("secretsmanager", `secret:${name}-${suffix.join("")}`);
  }

  /** @throws AwsError when a secret has this name, even if it is scheduled for deletion. */
  checkFree(name: string): void {
    const existing = this.find(name);
    if (existing?.deletionAt !== undefined) {
      throw new AwsError(
        "InvalidRequestException",
        "You can't create this secret because a secret with this name is already scheduled for deletion.",
      );
    }
    if (existing) {
      throw new AwsError("ResourceExistsException", `The operation failed because the secret ${name} already exists.`);
    }
  }

  create(attributes: NewSecret): Secret {
    const now = this.#clock.now();
    const secret: Secret = {
      description: "",
      kmsKeyId: undefined,
      policy: "",
      tags: {},
      ...attributes,
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

  /** Removes secrets whose recovery window has ended. */
  #removeExpired(): void {
    const now = this.#clock.now();
    const expired = [...this.#secrets.values()].filter(
      ({ deletionAt = Number.POSITIVE_INFINITY }) => deletionAt <= now,
    );
    for (const { arn } of expired) this.#secrets.delete(arn);
    if (expired.length > 0) this.#save();
  }

  #save(): void {
    this.#file.write([...this.#secrets.values()]);
  }
}
