import type { Credential, User } from "./user.ts";
import type { UserName } from "./user-name.ts";

/** The store does not respond in time. */
export class UserStoreUnavailableError extends Error {
  override readonly name = "UserStoreUnavailableError";
  readonly code = "UserStoreUnavailable";
}

/** Reads users. */
export interface UserReader {
  find(name: UserName): Promise<User | undefined>;
}

/** Stores users. At any time, at least one active user is an administrator once there was one. */
export interface UserStore extends UserReader {
  /** Sorted by name. */
  list(): Promise<readonly User[]>;
  /** @throws UserError `UserExists` */
  create(user: User): Promise<void>;
  /**
   * Creates the first user, an administrator.
   *
   * @returns false if there was an administrator at any time before
   */
  createFirst(user: User): Promise<boolean>;
  /**
   * Applies a change to the current state of a user.
   *
   * @returns the changed user
   * @throws UserError `UserNotFound`, `LastAdministrator`, or `ConcurrentChange` after several attempts
   */
  update(name: UserName, change: (user: User) => User): Promise<User>;
  /** @throws UserError `UserNotFound` or `LastAdministrator` */
  remove(name: UserName): Promise<void>;
}

/** Replaces the hash of a password by one with newer parameters. */
export interface PasswordRehash {
  /** Does nothing if the password was changed meanwhile. */
  replaceHash(name: UserName, from: string, to: string): Promise<void>;
}

/** Stores access keys and sessions by the hash of their token. */
export interface CredentialStore {
  find(hash: string): Promise<Credential | undefined>;
  save(credential: Credential): Promise<void>;
  /** The credentials of a user, oldest first. One that was just saved may be missing for some milliseconds. */
  list(user: string): Promise<readonly Credential[]>;
  /** Succeeds also when there is no such credential. */
  remove(hash: string): Promise<void>;
}

/** Counts sign-ins in windows that begin with the first one. */
export interface SignInCounter {
  /** The number in the current window of the subject. */
  count(subject: string): Promise<number>;
  /**
   * Counts one more.
   *
   * @param window seconds that a new window lasts
   * @returns the number in the window
   */
  add(subject: string, window: number): Promise<number>;
}
