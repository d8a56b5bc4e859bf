import { createHash, timingSafeEqual } from "node:crypto";
import type { UserSecret } from "../../lib/secrets/cached-secret.ts";

/** Someone who is let in. */
export interface User {
  readonly name: string;
  readonly role: "admin" | "writer";
}

/** Knows people by name and password. */
export interface UserStore {
  /** Takes the same time for a wrong password as for an unknown name. */
  verify(username: string, password: string): Promise<User | undefined>;
}

/** Knows machines by their key. */
export interface ApiKeyStore {
  verify(key: string): Promise<User | undefined>;
}

/** A value that may be rotated while it is kept. */
export interface Rotating<T> {
  get(): Promise<T>;
  /** After it did not fit. */
  refresh(): Promise<T>;
}

/** The one user that a secret names: who signs in on first deployment. */
export class SecretUserStore implements UserStore {
  readonly #secret: Rotating<UserSecret>;

  constructor(secret: Rotating<UserSecret>) {
    this.#secret = secret;
  }

  async verify(username: string, password: string): Promise<User | undefined> {
    const fits = (secret: UserSecret): boolean => {
      const name = sameSecret(username, secret.username);
      const pass = sameSecret(password, secret.password);
      return name && pass;
    };
    return (await fitsRotating(this.#secret, fits)) ? { name: username, role: "admin" } : undefined;
  }
}

/** The one key that a secret holds: machines such as the canary. */
export class SecretApiKeyStore implements ApiKeyStore {
  readonly #secret: Rotating<{ readonly key: string }>;

  constructor(secret: Rotating<{ readonly key: string }>) {
    this.#secret = secret;
  }

  async verify(key: string): Promise<User | undefined> {
    const fits = await fitsRotating(this.#secret, (secret) => sameSecret(key, secret.key));
    return fits ? { name: "api-key", role: "writer" } : undefined;
  }
}

const fitsRotating = async <T>(secret: Rotating<T>, fits: (value: T) => boolean): Promise<boolean> =>
  fits(await secret.get()) || fits(await secret.refresh());

/** Compares digests, so that time tells neither the length of the secret nor how much of it was right. */
const sameSecret = (given: string, secret: string): boolean => timingSafeEqual(digest(given), digest(secret));
const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
