import type { AuditEvent, AuditLog } from "../audit/audit-log.ts";
import type { Clock } from "../time/clock.ts";
import { createAccessKey, type KeyOptions, MAX_KEY_NAME, type NewKey } from "./access-key.ts";
import { formatGrant, formatGrants } from "./format-grants.ts";
import { type Grant, MAX_GRANTS, storableGrants } from "./grants.ts";
import { checkPassword, generatePassword } from "./password.ts";
import { hashPassword } from "./password-hash.ts";
import type { Principal } from "./principal.ts";
import { createSession, type NewSession } from "./session.ts";
import { generateId, hashToken, isId } from "./token.ts";
import type { Credential, User } from "./user.ts";
import { UserError } from "./user-error.ts";
import { describeUserName, parseUserName } from "./user-name.ts";
import type { CredentialStore, UserStore } from "./user-store.ts";

/** Who makes a change, for the audit log. */
export type Actor = Pick<AuditEvent, "who" | "from" | "requestId">;

export interface UserDirectoryDependencies {
  readonly users: UserStore;
  readonly credentials: CredentialStore;
  readonly audit: AuditLog;
  readonly clock: Clock;
}

/**
 * The users of the Files API. The API, the commands and the initialization change users through this class only. Every
 * change is written to the audit log, also one that fails.
 */
export class UserDirectory {
  readonly #users: UserStore;
  readonly #credentials: CredentialStore;
  readonly #audit: AuditLog;
  readonly #clock: Clock;

  constructor({ users, credentials, audit, clock }: UserDirectoryDependencies) {
    this.#users = users;
    this.#credentials = credentials;
    this.#audit = audit;
    this.#clock = clock;
  }

  list(): Promise<readonly User[]> {
    return this.#users.list();
  }

  /** @throws UserError `InvalidUserName`, `UserNotFound` */
  async get(name: string): Promise<User> {
    const user = await this.#users.find(parseUserName(name));
    if (!user) throw userNotFound(name);
    return user;
  }

  /**
   * Adds a user with a password, which is generated unless it is given.
   *
   * @throws UserError
   */
  add(
    actor: Actor,
    name: string,
    options: { readonly grants?: readonly Grant[]; readonly password?: string | undefined } = {},
  ): Promise<{ readonly user: User; readonly password: string }> {
    const details = { grants: describeGrants(options.grants ?? []) };
    return this.#audited(actor, "add-user", name, details, async () => {
      const password = options.password ?? generatePassword();
      const now = this.#clock.now();
      const user: User = {
        name: parseUserName(name),
        state: "active",
        grants: storableGrants(options.grants ?? []),
        createdAt: now,
        ...(await this.#newPassword(password)),
      };
      await this.#users.create(user);
      return { user, password };
    });
  }

  /**
   * Removes a user with its access keys and sessions. Its files remain.
   *
   * @throws UserError
   */
  remove(actor: Actor, name: string): Promise<void> {
    return this.#audited(actor, "remove-user", name, {}, async () => {
      await this.#users.remove(parseUserName(name));
      await this.#removeCredentials(name, () => true);
    });
  }

  /** @throws UserError */
  grant(actor: Actor, name: string, grant: Grant): Promise<User> {
    return this.#update(actor, "grant", name, { grants: describeGrants([grant]) }, (user) => ({
      ...user,
      grants: storableGrants([...user.grants, grant]),
    }));
  }

  /** @throws UserError `GrantNotFound` if the user does not have exactly this grant */
  revoke(actor: Actor, name: string, grant: Grant): Promise<User> {
    return this.#update(actor, "revoke", name, { grants: describeGrants([grant]) }, (user) => {
      const grants = user.grants.filter(({ role, prefix }) => role !== grant.role || prefix !== grant.prefix);
      if (grants.length === user.grants.length) {
        throw new UserError("GrantNotFound", `The user ${name} does not have the grant ${formatGrant(grant)}.`);
      }
      return { ...user, grants };
    });
  }

  /**
   * Changes the state, all grants, or both, at once.
   *
   * @throws UserError
   */
  change(
    actor: Actor,
    name: string,
    { state, grants }: { readonly state?: User["state"] | undefined; readonly grants?: readonly Grant[] | undefined },
  ): Promise<User> {
    const details = { ...(state && { state }), ...(grants && { grants: describeGrants(grants) }) };
    return this.#update(actor, "change-user", name, details, (user) => ({
      ...user,
      ...(state && { state }),
      ...(grants && { grants: storableGrants(grants) }),
    }));
  }

  /**
   * Sets a password, which is generated unless it is given, and ends the sessions of the user.
   *
   * @throws UserError
   */
  setPassword(actor: Actor, name: string, given?: string): Promise<{ readonly password: string }> {
    return this.#audited(actor, "set-password", name, {}, async () => {
      const password = given ?? generatePassword();
      const changed = await this.#newPassword(password);
      await this.#users.update(parseUserName(name), ({ passwordFromSecret: _, ...user }) => ({
        ...user,
        ...changed,
      }));
      await this.#removeCredentials(name, ({ kind }) => kind === "session");
      return { password };
    });
  }

  /** @throws UserError */
  async listKeys(name: string): Promise<readonly Credential[]> {
    const { createdAt } = await this.get(name);
    const credentials = await this.#credentials.list(name);
    return credentials.filter((credential) => credential.kind === "key" && credential.createdAt >= createdAt);
  }

  /**
   * Creates an access key with grants that the user has.
   *
   * @returns the token, which is not stored
   * @throws UserError
   */
  addKey(actor: Actor, name: string, key: Omit<KeyOptions, "id">): Promise<NewKey> {
    const id = generateId();
    const details = {
      key: id,
      name: key.name.slice(0, MAX_KEY_NAME),
      grants: key.grants ? describeGrants(key.grants) : "those of the user",
      expires: key.expiresAt === undefined ? "never" : describeTime(key.expiresAt),
    };
    return this.#audited(actor, "add-key", name, details, async () => {
      const [user, existing] = await Promise.all([this.get(name), this.listKeys(name)]);
      const created = createAccessKey(user, { ...key, id }, existing, this.#clock.now());
      await this.#credentials.save(created.key);
      return created;
    });
  }

  /** @throws UserError */
  revokeKey(actor: Actor, name: string, id: string): Promise<void> {
    const details = { key: isId(id) ? id : "(invalid ID)" }; // It may be the token itself.
    return this.#audited(actor, "revoke-key", name, details, async () => {
      const key = (await this.listKeys(name)).find((credential) => credential.id === id);
      if (!key) throw new UserError("KeyNotFound", `The user ${name} has no access key with this ID.`);
      await this.#credentials.remove(key.hash);
    });
  }

  /**
   * Creates a session for a user who signed in with a password, or renews a session.
   *
   * @returns undefined if the user has to enter the password again
   */
  async addSession(actor: Actor, principal: Principal): Promise<NewSession | undefined> {
    const created = createSession(principal, this.#clock.now());
    if (!created) return undefined;
    return this.#audited(actor, "create-session", principal.user, {}, async () => {
      await this.#credentials.save(created.session);
      return created;
    });
  }

  /** Ends a session by its token. */
  endSession(actor: Actor, { user }: Principal, token: string): Promise<void> {
    return this.#audited(actor, "end-session", user, {}, () => this.#credentials.remove(hashToken(token)));
  }

  async #newPassword(password: string): Promise<{ passwordHash: string; passwordChangedAt: number }> {
    checkPassword(password);
    return { passwordHash: await hashPassword(password), passwordChangedAt: this.#clock.now() };
  }

  #update(
    actor: Actor,
    action: string,
    name: string,
    details: NonNullable<AuditEvent["details"]>,
    change: (user: User) => User,
  ): Promise<User> {
    return this.#audited(actor, action, name, details, () => this.#users.update(parseUserName(name), change));
  }

  async #removeCredentials(name: string, filter: (credential: Credential) => boolean): Promise<void> {
    const credentials = await this.#credentials.list(name);
    await Promise.all(credentials.filter(filter).map(({ hash }) => this.#credentials.remove(hash)));
  }

  async #audited<Result>(
    actor: Actor,
    action: string,
    target: string,
    details: NonNullable<AuditEvent["details"]>,
    run: () => Promise<Result>,
  ): Promise<Result> {
    const event = { ...actor, action, target: describeUserName(target), details };
    const result = await run().catch(async (error: unknown) => {
      const code = error instanceof UserError ? error.code : "InternalError";
      await this.#audit.record({ ...event, outcome: "failed", code });
      throw error;
    });
    await this.#audit.record({ ...event, outcome: "succeeded" });
    return result;
  }
}

/** At most 1,024 characters. */
const describeGrants = (grants: readonly Grant[]): string => formatGrants(grants.slice(0, MAX_GRANTS)).slice(0, 1_024);

/** A time that JavaScript cannot represent is invalid, and reported as such. */
const describeTime = (milliseconds: number): string =>
  Number.isNaN(new Date(milliseconds).valueOf()) ? "invalid" : new Date(milliseconds).toISOString();

const userNotFound = (name: string): UserError => new UserError("UserNotFound", `There is no user ${name}.`);
