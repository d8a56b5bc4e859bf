import { formatGrants } from "../../lib/users/format-grants.ts";
import type { Credential, User } from "../../lib/users/user.ts";
import { table } from "../command-line/table.ts";

/** A user with the number of its access keys. */
export interface ListedUser {
  readonly user: User;
  readonly keys: number;
}

export function renderUsers(users: readonly ListedUser[]): string {
  const rows = users.map(({ user: { name, state, grants, passwordHash }, keys }) => [
    name,
    state,
    passwordHash === undefined ? "no" : "yes",
    String(keys),
    formatGrants(grants),
  ]);
  return table(["Name", "State", "Password", "Keys", "Grants"], rows, ["left", "left", "left", "right"]);
}

/** @param now milliseconds since the epoch */
export function renderKeys(keys: readonly Credential[], now: number): string {
  const rows = keys.map(({ id, name = "", grants = [], createdAt, expiresAt }) => [
    id,
    name,
    renderTime(createdAt),
    expiresAt !== undefined && expiresAt <= now ? "expired" : renderExpiry(expiresAt),
    formatGrants(grants),
  ]);
  return table(["ID", "Name", "Created", "Expires", "Grants"], rows);
}

/** @param expiresAt milliseconds since the epoch */
export const renderExpiry = (expiresAt: number | undefined): string =>
  expiresAt === undefined ? "never" : renderTime(expiresAt);

/** `2026-11-28 09:30 UTC` */
const renderTime = (time: number): string => `${new Date(time).toISOString().slice(0, 16).replace("T", " ")} UTC`;
