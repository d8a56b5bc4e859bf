interface RoleAccess {
  readonly role: string;
  readonly orBasename?: true;
  readonly keyIn?: { readonly query: readonly string[] } | { readonly body: readonly string[] };
}

/** The access rule of a route (`AccessRule` in `lib/users/access.ts`) as a sentence. */
export function describeAccess(access: unknown): string {
  if (access === "public") return "Access: everybody, without signing in.";
  if (access === "signed-in") return "Access: every user.";
  if (access === "administrator") return "Access: users with the role `admin` on all files.";
  const roles = (Array.isArray(access) ? access : [access]) as readonly RoleAccess[];
  return `Access: users with the role ${roles.map(describeRole).join(" and ")}.`;
}

function describeRole({ role, orBasename, keyIn }: RoleAccess): string {
  if (orBasename) return `\`${role}\` on the file`;
  if (keyIn === undefined) return `\`${role}\` on the key`;
  const names = "query" in keyIn ? keyIn.query : keyIn.body;
  return `\`${role}\` on the key in \`${names.join("`, `")}\``;
}
