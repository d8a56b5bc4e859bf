import { type Grant, simplifyGrants } from "./grants.ts";
import type { OpenIdConnectSettings } from "./open-id-connect-settings.ts";

/** The claims of a verified token. */
export type TokenClaims = Readonly<Record<string, unknown>>;

/** Characters (UTF-16 code units) of the claim that identifies a user. */
const MAX_USER_LENGTH = 128;

/** Characters that control a terminal or are invisible, so that two users could look the same in a list. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** The name of the user, which cannot be one of our own users; undefined when the claim does not identify a user. */
export function userOf(claims: TokenClaims, userClaim: string): string | undefined {
  const value = findClaim(claims, userClaim);
  if (typeof value !== "string" || value === "" || value.length > MAX_USER_LENGTH) return undefined;
  if (unprintable.test(value)) return undefined;
  // Anybody could have entered an address that is not verified. Some providers send booleans as strings.
  if (userClaim === "email" && String(claims.email_verified) !== "true") return undefined;
  return `oidc:${value}`;
}

/** The grants for the values of the claim; none when it is missing or not mapped. */
export function grantsOf(
  claims: TokenClaims,
  { grantsClaim, grants }: Pick<OpenIdConnectSettings, "grantsClaim" | "grants">,
): readonly Grant[] {
  const claim = findClaim(claims, grantsClaim);
  const values = new Set<unknown>(Array.isArray(claim) ? claim : [claim]);
  return simplifyGrants(grants.filter(({ value }) => values.has(value)).map(({ role, prefix }) => ({ role, prefix })));
}

/**
 * The claim with exactly this name, such as `cognito:groups` or `https://example.com/groups`; otherwise the one at this
 * path, such as `realm_access.roles`. A name in the path may contain dots too.
 */
export function findClaim(claims: TokenClaims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  for (let dot = name.indexOf("."); dot >= 0; dot = name.indexOf(".", dot + 1)) {
    const parent = Object.hasOwn(claims, name.slice(0, dot)) ? claims[name.slice(0, dot)] : undefined;
    const found = isClaims(parent) ? findClaim(parent, name.slice(dot + 1)) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

const isClaims = (value: unknown): value is TokenClaims =>
  typeof value === "object" && value !== null && !Array.isArray(value);
