import type { Grant } from "./grants.ts";

/** How a caller signed in. */
export type SignInMethod = "password" | "key" | "session" | "oidc";

/** The caller of a request. */
export interface Principal {
  /** Name of the user; `oidc:<claim>` for a user of an OpenID provider. */
  readonly user: string;
  /** What the caller may do: for an access key, what both the key and its user are granted. */
  readonly grants: readonly Grant[];
  readonly method: SignInMethod;
  /** Milliseconds since the epoch at which a session's user signed in; only for sessions. */
  readonly signedInAt?: number;
  /** Milliseconds since the epoch at which the credential expires; undefined for one that does not. */
  readonly expiresAt?: number;
}

/** The result of a sign-in. */
export type Authentication =
  | { readonly outcome: "authenticated"; readonly principal: Principal }
  /** Unknown user, wrong password, disabled user, expired key, …: the caller is not told which. */
  | { readonly outcome: "rejected" }
  /** Too many failures; the credentials were not checked. */
  | { readonly outcome: "limited" };
