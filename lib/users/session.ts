import type { Principal } from "./principal.ts";
import { generateId, generateToken, hashToken } from "./token.ts";
import type { Credential } from "./user.ts";

/** Seconds that a session is valid. */
const SESSION_SECONDS = 15 * 60;
/** Seconds after which a session cannot be renewed, and the user has to enter the password again. */
const SIGN_IN_SECONDS = 12 * 60 * 60;

/** A session, and its token, which is not stored. */
export interface NewSession {
  readonly session: Credential & { readonly expiresAt: number };
  readonly token: string;
}

/**
 * A session for a user who signed in with a password, or one that continues the user's session.
 *
 * @returns undefined if the user has to enter the password again
 */
export function createSession({ user, method, signedInAt: startedAt }: Principal, now: number): NewSession | undefined {
  const signedInAt = method === "password" ? now : startedAt;
  if (signedInAt === undefined || now >= signedInAt + SIGN_IN_SECONDS * 1_000) return undefined;
  const token = generateToken("session");
  const session = {
    hash: hashToken(token),
    kind: "session",
    id: generateId(),
    user,
    createdAt: now,
    expiresAt: Math.min(now + SESSION_SECONDS * 1_000, signedInAt + SIGN_IN_SECONDS * 1_000),
    signedInAt,
  } as const;
  return { session, token };
}
