import { timingSafeEqual } from "node:crypto";
import type { Access } from "../../gateway/protocol.ts";
import { arn } from "../../runtime/account.ts";
import { AwsError } from "../../runtime/error.ts";
import type { Authenticate } from "./authentication.ts";
import { tokenSigner } from "./iam-token.ts";

/** An `aws_elasticache_user`. */
export interface CacheUser {
  readonly userId: string;
  readonly userName: string;
  readonly authentication: "iam" | "password" | "no-password-required";
  readonly passwords: readonly string[];
}

/** Users and their groups, and who of them may enter which cache. */
export class Users {
  readonly #access: Access;
  readonly #users = new Map<string, CacheUser>();
  readonly #groups = new Map<string, readonly string[]>();
  /** Members that joined a group by a resource of their own: `<group>,<user>`. */
  readonly #associations = new Set<string>();

  constructor(access: Access) {
    this.#access = access;
  }

  put(user: CacheUser): void {
    this.#users.set(user.userId, user);
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

  /** Asked at each login, so that a change of the group counts at once. */
  authenticator(cacheName: string, cacheArn: string, groupIds: readonly string[]): Authenticate {
    return (userName, password) =>
      groupIds
        .flatMap((groupId) => this.#members(groupId))
        .some((user) => user.userName === userName && this.#mayEnter(user, password, cacheName, cacheArn));
  }

  #members(groupId: string): CacheUser[] {
    const own = this.#groups.get(groupId) ?? [];
    return [...this.#users.values()].filter(
      ({ userId }) => own.includes(userId) || this.#associations.has(`${groupId},${userId}`),
    );
  }

  #mayEnter(user: CacheUser, password: string, cacheName: string, cacheArn: string): boolean {
    if (user.authentication === "no-password-required") return true;
    if (user.authentication === "password") return user.passwords.some((known) => isSame(known, password));
    const caller = tokenSigner(password, cacheName, user.userName, this.#access);
    if (!caller) return false;
    try {
      this.#access.authorize(caller, "elasticache:Connect", cacheArn);
      this.#access.authorize(caller, "elasticache:Connect", arn("elasticache", `user:${user.userId}`));
      return true;
    } catch (error) {
      if (error instanceof AwsError) return false;
      throw error;
    }
  }
}

/** An `auth_token` makes everybody the default user. */
export function tokenAuthenticator(token: string): Authenticate {
  return (user, password) => user === "default" && isSame(token, password);
}

function isSame(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)];
  return x.length === y.length && timingSafeEqual(x, y);
}
