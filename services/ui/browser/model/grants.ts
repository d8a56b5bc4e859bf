export const roles = ["reader", "writer", "admin"] as const;
export type Role = (typeof roles)[number];

/** A role on a folder, or on all files when the prefix is empty. */
export interface Grant {
  readonly role: Role;
  readonly prefix: string;
}

/** Who has signed in. */
export interface Me {
  readonly user: string;
  readonly grants: readonly Grant[];
  readonly administrator: boolean;
}

const rankOf = (role: Role): number => roles.indexOf(role);

/** Whether the grants include the role on a key, or on everything in a folder. The page offers nothing else. */
export const mayUse = (grants: readonly Grant[], role: Role, keyOrPrefix: string): boolean =>
  grants.some((grant) => rankOf(grant.role) >= rankOf(role) && keyOrPrefix.startsWith(grant.prefix));

/** The folder to begin with: that of the only grant, or the root. */
export function homeOf(grants: readonly Grant[]): string {
  const [first, ...more] = new Set(grants.map(({ prefix }) => prefix));
  return more.length === 0 ? (first ?? "") : "";
}

const roleNames: Readonly<Record<Role, string>> = { reader: "Read", writer: "Read and write", admin: "Administer" };

export const nameOfRole = (role: Role): string => roleNames[role];

/** `Read in team/`, `Administer everything`. */
export const describeGrant = ({ role, prefix }: Grant): string =>
  `${nameOfRole(role)} ${prefix === "" ? "everything" : `in ${prefix}`}`;
