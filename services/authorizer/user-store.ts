import { createHash, timingSafeEqual } from "node:crypto";
import type { UserSecret } from "../../lib/secrets/cached-secret.ts";

/** An authorized caller. */
export interface User {
  readonly name: string;
  readonly role: "admin" | "writer";
}

/** Verifies users by name and password. */
export interface UserStore {
  /** Takes the same time for a wrong password and for an unknown name. */
  verify(username: string, password: string): Promise<User | undefined>;
}

/** Verifies machines by their API key. */
export interface ApiKeyStore {
  verify(key: string): Promise<User | undefined>;
}

/** A cached value that may have been rotated. */
export interface RotatingSecret<T> {
  get(): Promise<T>;
  /** The current value; to be called when the cached one did not match. */
  refresh(): Promise<T>;
}

/** A store with the single user that a secret contains. */
export class SecretUserStore implements UserStore {
  readonly #secret: RotatingSecret<UserSecret>;

  constructor(secret: RotatingSecret<UserSecret>) {
    this.#secret = secret;
  }

  async verify(username: string, password: string): Promise<User | undefined> {
    const matches = (secret: UserSecret): boolean => {
      const name = equalSecrets(username, secret.username);
      const pass = equalSecrets(password, secret.password);
      return name && pass;
    };
    return (await matchesRotating(this.#secret, matches)) ? { name: username, role: "admin" } : undefined;
  }
}

/** A store with the single API key that a secret contains, which the canary uses. */
export class SecretApiKeyStore implements ApiKeyStore {
  readonly #secret: RotatingSecret<{ readonly key: string }>;

  constructor(secret: RotatingSecret<{ readonly key: string }>) {
    this.#secret = secret;
  }

  async verify(key: string): Promise<User | undefined> {
    const isValid = await matchesRotating(this.#secret, (secret) => equalSecrets(key, secret.key));
    return isValid ? { name: "api-key", role: "writer" } : undefined;
  }
}

const matchesRotating = async <T>(secret: RotatingSecret<T>, matches: (value: T) => boolean): Promise<boolean> =>
  matches(await secret.get()) || matches(await secret.refresh());

/** Compares digests in constant time, so that the time reveals neither the length of the secret nor a partial match. */
const equalSecrets = (input: string, secret: string): boolean => timingSafeEqual(digest(input), digest(secret));
const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
