import type { Clock } from "../time/clock.ts";
import type { Credentials } from "./authorization-header.ts";
import { intersectGrants } from "./grants.ts";
import { hashPassword, isOutdated, unmatchedHash, verifyPassword } from "./password-hash.ts";
import type { Authentication, Principal } from "./principal.ts";
import type { SignInLimit } from "./sign-in-limit.ts";
import { hashToken, isSessionToken } from "./token.ts";
import type { TokenVerifier } from "./token-verifier.ts";
import type { Credential, User } from "./user.ts";
import { isUserName, type UserName } from "./user-name.ts";
import type { CredentialStore, PasswordRehash, UserReader } from "./user-store.ts";

export interface AuthenticatorDependencies {
  readonly users: UserReader & PasswordRehash;
  readonly credentials: Pick<CredentialStore, "find">;
  readonly limit: SignInLimit;
  /** Undefined in an environment without an OpenID provider. */
  readonly openIdConnect: TokenVerifier | undefined;
  readonly clock: Clock;
}

const REJECTED = { outcome: "rejected" } as const;
const LIMITED = { outcome: "limited" } as const;

/** Read for a name that no user can have, so that such a name takes as long as any other. */
const ABSENT_USER = "absent" as UserName;

/** Signs users in. It caches nothing, so a change takes effect as soon as API Gateway has no cached result. */
export class Authenticator {
  readonly #users: UserReader & PasswordRehash;
  readonly #credentials: Pick<CredentialStore, "find">;
  readonly #limit: SignInLimit;
  readonly #openIdConnect: TokenVerifier | undefined;
  readonly #clock: Clock;

  constructor({ users, credentials, limit, openIdConnect, clock }: AuthenticatorDependencies) {
    this.#users = users;
    this.#credentials = credentials;
    this.#limit = limit;
    this.#openIdConnect = openIdConnect;
    this.#clock = clock;
  }

  /**
   * @param address the client's address, for the limit of failures
   * @throws UserStoreUnavailableError, OpenIdProviderUnavailableError
   */
  async authenticate(credentials: Credentials | undefined, address: string): Promise<Authentication> {
    switch (credentials?.scheme) {
      case "basic":
        return this.#verifyPassword(credentials.username, credentials.password, address);
      case "bearer":
        return this.#verifyToken(credentials.token);
      default:
        return REJECTED;
    }
  }

  /**
   * The same work for an unknown user, a disabled one and a wrong password: one read of the user and one hash. The
   * limit is checked before the hash, which is expensive, and after it, because other attempts were made meanwhile.
   */
  async #verifyPassword(name: string, password: string, address: string): Promise<Authentication> {
    const [isAllowed, found] = await Promise.all([
      this.#limit.allows(name, address),
      this.#users.find(isUserName(name) ? name : ABSENT_USER),
    ]);
    if (!isAllowed) return LIMITED;
    const user = found?.name === name ? found : undefined;
    const stored = user?.passwordHash ?? unmatchedHash;
    const matches = await verifyPassword(password, stored);
    if (!user || !matches || user.state === "disabled") {
      return (await this.#limit.countFailure(name, address)) ? REJECTED : LIMITED;
    }
    if (!(await this.#limit.allows(name, address))) return LIMITED;
    await this.#limit.rememberSuccess(name, address);
    if (isOutdated(stored)) await this.#users.replaceHash(user.name, stored, await hashPassword(password));
    return authenticated({ user: user.name, grants: user.grants, method: "password" });
  }

  async #verifyToken(token: string): Promise<Authentication> {
    if (this.#openIdConnect && isJsonWebToken(token)) {
      const verified = await this.#openIdConnect.verify(token);
      return verified ? authenticated({ ...verified, method: "oidc" }) : REJECTED;
    }
    const credential = await this.#credentials.find(hashToken(token));
    if (!credential || credential.kind !== (isSessionToken(token) ? "session" : "key")) return REJECTED;
    const user = isUserName(credential.user) ? await this.#users.find(credential.user) : undefined;
    if (!user || !isValid(credential, user, this.#clock.now())) return REJECTED;
    const { kind, grants = [], signedInAt, expiresAt } = credential;
    return authenticated({
      user: user.name,
      grants: kind === "key" ? intersectGrants(grants, user.grants) : user.grants,
      method: kind,
      ...(signedInAt !== undefined && { signedInAt }),
      ...(expiresAt !== undefined && { expiresAt }),
    });
  }
}

const authenticated = (principal: Principal): Authentication => ({ outcome: "authenticated", principal });

/** A credential that is older than its user belonged to a removed user with the same name. */
function isValid({ kind, createdAt, expiresAt }: Credential, user: User, now: number): boolean {
  if (user.state !== "active" || createdAt < user.createdAt) return false;
  if (expiresAt !== undefined && expiresAt <= now) return false;
  return kind === "key" || createdAt >= (user.passwordChangedAt ?? 0);
}

/** Three parts in base64url: the compact form of a signed token (RFC 7515). */
const isJsonWebToken = (token: string): boolean => /^[\w-]+\.[\w-]+\.[\w-]*$/.test(token);
