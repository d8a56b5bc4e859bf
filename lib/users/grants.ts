import { parseObjectKey } from "../keys/object-key.ts";
import { UserError } from "./user-error.ts";

/** Roles, each of which includes the permissions of the ones before it. */
export const roles = ["reader", "writer", "admin"] as const;
export type Role = (typeof roles)[number];

/**
 * A role on every file whose key starts with the prefix. The prefix is a folder, which ends with a slash, or empty,
 * which means all files: a grant on `team/` does not include `team-secrets/plan`.
 */
export interface Grant {
  readonly role: Role;
  readonly prefix: string;
}

/**
 * Limits of a list of grants: it is part of every event that API Gateway sends to a function, and each disjoint prefix
 * adds a branch to the statement that lists files.
 */
export const MAX_GRANTS = 50;
export const MAX_GRANTS_BYTES = 8 * 1024;

/** @throws UserError `InvalidPrefix` */
export function parsePrefix(text: string): string {
  if (text === "") return text;
  if (!isPrefix(text)) {
    throw new UserError("InvalidPrefix", `The prefix "${text}" must be empty or end with a slash.`);
  }
  try {
    return parseObjectKey(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.replace("The key", "The prefix") : "It is not valid.";
    throw new UserError("InvalidPrefix", reason, { cause });
  }
}

/** Whether the text is a folder or means all files. Any other text could be the beginning of another folder's name. */
export const isPrefix = (text: string): boolean => text === "" || text.endsWith("/");

export const isRole = (text: string): text is Role => (roles as readonly string[]).includes(text);

/** Whether the grants include the role on a key, or on everything below a prefix. */
export const isGranted = (grants: readonly Grant[], role: Role, keyOrPrefix: string): boolean =>
  grants.some((grant) => rankOf(grant.role) >= rankOf(role) && keyOrPrefix.startsWith(grant.prefix));

/** Whether the grants include the role on any file at all. */
export const hasRole = (grants: readonly Grant[], role: Role): boolean =>
  grants.some((grant) => rankOf(grant.role) >= rankOf(role));

/** Administrators manage users: they have the role `admin` on all files. */
export const isAdministrator = (grants: readonly Grant[]): boolean => isGranted(grants, "admin", "");

/** Whether the grants include every one of the others. */
export const includesGrants = (grants: readonly Grant[], others: readonly Grant[]): boolean =>
  others.every(({ role, prefix }) => isGranted(grants, role, prefix));

/** The same permissions without the grants that another one includes, sorted by prefix. */
export function simplifyGrants(grants: readonly Grant[]): readonly Grant[] {
  const distinct = [...new Map(grants.map((grant) => [`${grant.role} ${grant.prefix}`, grant])).values()];
  return distinct
    .filter((grant) => !distinct.some((other) => other !== grant && isGranted([other], grant.role, grant.prefix)))
    .toSorted((one, other) => compare(one.prefix, other.prefix));
}

/**
 * The grants of a user or a key as they are stored: each once, sorted by prefix. One that another includes is kept, so
 * that it remains when the other is revoked.
 *
 * @throws UserError `TooManyGrants`
 */
export function storableGrants(grants: readonly Grant[]): readonly Grant[] {
  const distinct = [...new Map(grants.map((grant) => [`${grant.role} ${grant.prefix}`, grant])).values()];
  if (distinct.length > MAX_GRANTS || Buffer.byteLength(JSON.stringify(distinct)) > MAX_GRANTS_BYTES) {
    throw new UserError("TooManyGrants", `At most ${MAX_GRANTS} grants of ${MAX_GRANTS_BYTES} bytes are possible.`);
  }
  return distinct.toSorted((one, other) => compare(one.prefix, other.prefix) || rankOf(one.role) - rankOf(other.role));
}

/** The permissions that both lists include. */
export function intersectGrants(some: readonly Grant[], others: readonly Grant[]): readonly Grant[] {
  const common = some.flatMap((one) => others.flatMap((other) => intersect(one, other) ?? []));
  return simplifyGrants(common);
}

/**
 * The prefixes below `prefix` whose files the grants allow to read, sorted and without overlaps. `prefix` is any text
 * that a key can start with. The result is empty when the grants include no such file.
 */
export function readablePrefixes(grants: readonly Grant[], prefix: string): readonly string[] {
  if (isGranted(grants, "reader", prefix)) return [prefix];
  const below = grants.map((grant) => grant.prefix).filter((granted) => granted.startsWith(prefix));
  const distinct = [...new Set(below)];
  return distinct
    .filter((candidate) => !distinct.some((other) => other !== candidate && candidate.startsWith(other)))
    .toSorted(compare);
}

function intersect(one: Grant, other: Grant): Grant | undefined {
  const role = rankOf(one.role) <= rankOf(other.role) ? one.role : other.role;
  if (one.prefix.startsWith(other.prefix)) return { role, prefix: one.prefix };
  return other.prefix.startsWith(one.prefix) ? { role, prefix: other.prefix } : undefined;
}

const rankOf = (role: Role): number => roles.indexOf(role);

/** The order of UTF-16 code units, which does not depend on a locale. */
const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
