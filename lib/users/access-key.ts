import { type Grant, includesGrants, storableGrants } from "./grants.ts";
import { generateToken, hashToken } from "./token.ts";
import type { Credential, User } from "./user.ts";
import { UserError } from "./user-error.ts";

const MAX_KEYS = 20;
export const MAX_KEY_NAME = 64;

export interface KeyOptions {
  /** Public and unique among those of the user. */
  readonly id: string;
  /** What the key is for. */
  readonly name: string;
  /** By default those of the user. */
  readonly grants?: readonly Grant[] | undefined;
  /** Milliseconds since the epoch; by default the key does not expire. */
  readonly expiresAt?: number | undefined;
}

/** An access key, and its token, which is not stored. */
export interface NewKey {
  readonly key: Credential;
  readonly token: string;
}

/**
 * A new access key, which has at most the grants of its user.
 *
 * @param existing the user's access keys, of which expired ones do not count
 * @throws UserError
 */
export function createAccessKey(user: User, key: KeyOptions, existing: readonly Credential[], now: number): NewKey {
  checkOptions(key, now);
  const valid = existing.filter(({ expiresAt = Number.POSITIVE_INFINITY }) => expiresAt > now);
  if (valid.length >= MAX_KEYS) throw new UserError("TooManyKeys", `A user has at most ${MAX_KEYS} access keys.`);
  const grants = storableGrants(key.grants ?? user.grants);
  if (!includesGrants(user.grants, grants)) {
    throw new UserError("GrantTooWide", `The user ${user.name} does not have all of these grants.`);
  }
  const token = generateToken("key");
  const credential: Credential = {
    hash: hashToken(token),
    kind: "key",
    id: key.id,
    user: user.name,
    name: key.name,
    grants,
    createdAt: now,
    ...(key.expiresAt !== undefined && { expiresAt: key.expiresAt }),
  };
  return { key: credential, token };
}

function checkOptions({ name, expiresAt }: KeyOptions, now: number): void {
  if (name.trim() === "" || name.length > MAX_KEY_NAME || /[\p{Cc}\p{Cf}]/u.test(name) || !name.isWellFormed()) {
    throw new UserError("InvalidKeyName", `The name of an access key has 1 to ${MAX_KEY_NAME} characters.`);
  }
  if (expiresAt !== undefined && !(expiresAt > now)) {
    throw new UserError("InvalidExpiry", "The expiry of an access key must be in the future.");
  }
}
