import type { Grant } from "./grants.ts";
import type { UserName } from "./user-name.ts";

export interface User {
  readonly name: UserName;
  /** A disabled user cannot sign in, also not with an access key, and keeps its grants. */
  readonly state: "active" | "disabled";
  readonly grants: readonly Grant[];
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** A PHC string; a user without one signs in with access keys only. */
  readonly passwordHash?: string;
  /** Milliseconds since the epoch. Sessions that are older are no longer valid. */
  readonly passwordChangedAt?: number;
  /** Whether the password is the one in the secret `client`: until the user gets another one. */
  readonly passwordFromSecret?: boolean;
}

/** An access key or a session. */
export interface Credential {
  /** SHA-256 of the token in base64url; the token itself is not stored. */
  readonly hash: string;
  readonly kind: "key" | "session";
  /** Public and unique among the credentials of the user. */
  readonly id: string;
  readonly user: string;
  /** What a key is for; only for keys. */
  readonly name?: string;
  /** Only for keys; a session has the grants of its user. */
  readonly grants?: readonly Grant[];
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** Milliseconds since the epoch; a key without it does not expire. */
  readonly expiresAt?: number;
  /** Milliseconds since the epoch at which the user entered the password; only for sessions. */
  readonly signedInAt?: number;
}
