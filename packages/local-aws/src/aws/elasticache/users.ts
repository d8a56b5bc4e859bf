import { timingSafeEqual } from "node:crypto";
import type { Access } from "../../gateway/protocol.ts";
import { AwsError } from "../../runtime/error.ts";
import type { Authenticate } from "./authentication.ts";
import { tokenSigner } from "./iam-token.ts";

/** An `aws_elasticache_user`. */
export interface CacheUser {
  readonly id: string;
  readonly name: string;
  readonly arn: string;
  readonly authentication: "iam" | "password" | "no-password-required";
  readonly passwords: readonly string[];
}

/** Users and user groups, and the authentication of users at caches. */
export class Users {
  readonly #access: Access;
  readonly #users = new Map<string, CacheUser>();
  readonly #groups = new Map<string, readonly string[]>();
  /** Members that were added by an `aws_elasticache_user_group_association`, as `<group>,<user>`. */
  readonly #associations = new Set<string>();

  constructor(access: Access) {
    this.#access = access;
  }

  put(user: CacheUser): void {
    this.#users.set(user.id, user);
  }

  delete(userId: string): void {
    this.#users.delete(userId);
  }

  putGroup(groupId: string, userIds: readonly string[]): void {
    this.#groups.set(groupId, userIds);
  }

  deleteGroup(groupId: string): void {
    this.#groups.delete(groupId);
  }

  associate(groupId: string, userId: string): void {
    this.#associations.add(`${groupId},${userId}`);
  }

  dissociate(groupId: string, userId: string): void {
    this.#associations.delete(`${groupId},${userId}`);
  }

  /** Reads the groups at each login, so that changes take effect immediately. */
  authenticator(cacheName: string, cacheArn: string, groupIds: readonly string[]): Authenticate {
    return (userName, password) =>
      groupIds
        .flatMap((groupId) => this.#members(groupId))
        .some((user) => user.name === userName && this.#isAllowed(user, password, cacheName, cacheArn));
  }

  #members(groupId: string): CacheUser[] {
    const members = this.#groups.get(groupId) ?? [];
    return [...this.#users.values()].filter(
      ({ id }) => members.includes(id) || this.#associations.has(`${groupId},${id}`),
    );
  }

  #isAllowed(user: CacheUser, password: string, cacheName: string, cacheArn: string): boolean {
    if (user.authentication === "no-password-required") return true;
    if (user.authentication === "password") return user.passwords.some((valid) => isSame(valid, password));
    const caller = tokenSigner(password, cacheName, user.name, this.#access);
    if (!caller) return false;
    try {
      this.#access.authorize(caller, "elasticache:Connect", cacheArn);
      this.#access.authorize(caller, "elasticache:Connect", user.arn);
      return true;
    } catch (error) {
      if (error instanceof AwsError) return false;
      throw error;
    }
  }
}

/** For a cache with an `auth_token`, whose only user is the default user. */
export function tokenAuthenticator(token: string): Authenticate {
  return (user, password) => user === "default" && isSame(token, password);
}

function isSame(one: string, other: string): boolean {
  const [x, y] = [Buffer.from(one), Buffer.from(other)];
  return x.length === y.length && timingSafeEqual(x, y);
}
