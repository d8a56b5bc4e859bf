import type { Grant } from "./grants.ts";

export const formatGrant = ({ role, prefix }: Grant): string => `${role} on ${prefix === "" ? "all files" : prefix}`;

export const formatGrants = (grants: readonly Grant[]): string =>
  grants.length === 0 ? "none" : grants.map(formatGrant).join(", ");
