import { HttpError } from "../http/http-error.ts";
import type { HttpRequest } from "../http/request.ts";
import { readAuthorizerContext } from "./authorizer-context.ts";
import { hasRole, isAdministrator, isGranted, type Role } from "./grants.ts";
import { findKey, type KeyPlace } from "./key-place.ts";
import type { Principal } from "./principal.ts";
import { invalidCredentials, tooManyFailedSignIns, unauthenticated } from "./sign-in-errors.ts";

/**
 * Who may call a route:
 *
 * - `public`: everybody, without signing in.
 * - `signed-in`: every user. The operation itself restricts what the user sees and changes.
 * - `administrator`: users with the role `admin` on all files.
 * - a role: users with the role on the key in the path, or with `keyIn` in another place. With `orBasename`, the path
 *   may also be the last part of a key, for users with the role on any file: the operation itself restricts the search
 *   to the files of the role.
 * - several roles, each on another key: users with all of them.
 */
export type AccessRule = "public" | GuardedAccess;
export type GuardedAccess = "signed-in" | "administrator" | RoleAccess | readonly RoleAccess[];

interface RoleAccess {
  readonly role: Role;
  readonly orBasename?: true;
  /** By default, the key is the path parameter `key`. */
  readonly keyIn?: KeyPlace;
}

/** The keys of a request that the rule concerns, which are not validated; a missing one is empty. */
export const keysOf = (rule: AccessRule, request: HttpRequest): readonly string[] =>
  rolesOf(rule).map((access) => keyOf(access, request));

const keyOf = ({ keyIn }: RoleAccess, request: HttpRequest): string =>
  (keyIn ? findKey(request, keyIn) : request.pathParameters.key) ?? "";

function rolesOf(rule: AccessRule): readonly RoleAccess[] {
  if (typeof rule !== "object") return [];
  return "role" in rule ? [rule] : rule;
}

/**
 * Checks the rule of a route, for a role against the key of the request.
 *
 * @returns the caller; undefined for a public route
 * @throws HttpError 400 when the key is missing, 401, 403 or 429
 */
export function checkAccess(rule: GuardedAccess, request: HttpRequest, now: number): Principal;
export function checkAccess(rule: AccessRule, request: HttpRequest, now: number): Principal | undefined;
export function checkAccess(rule: AccessRule, request: HttpRequest, now: number): Principal | undefined {
  if (rule === "public") return undefined;
  const principal = requirePrincipal(request, now);
  checkRule(rule, principal, request);
  return principal;
}

/**
 * Checks the rule of a route for a caller who has signed in.
 *
 * @throws HttpError 403
 */
export function checkRule(rule: GuardedAccess, principal: Principal, request: HttpRequest): void {
  if (rule === "administrator" && !isAdministrator(principal.grants)) {
    throw new HttpError(403, "Forbidden", "Only administrators may do this.");
  }
  for (const access of rolesOf(rule)) checkRole(access, principal, keyOf(access, request));
}

function checkRole({ role, orBasename, keyIn }: RoleAccess, principal: Principal, key: string): void {
  if (keyIn && key === "") throw missingKey(keyIn);
  const mayBeFound = orBasename && !key.includes("/") && hasRole(principal.grants, role);
  if (!mayBeFound) requireRole(principal, role, key);
}

/**
 * The caller of a request.
 *
 * @param now milliseconds since the epoch
 * @throws HttpError 401 unless the caller has signed in, 429 after too many failures
 */
export function requirePrincipal({ authorizerContext }: HttpRequest, now: number): Principal {
  const caller = readAuthorizerContext(authorizerContext);
  switch (caller?.outcome) {
    case "authenticated":
      // API Gateway repeats a result that was right when the credentials had not expired yet.
      if (caller.principal.expiresAt !== undefined && caller.principal.expiresAt <= now) throw invalidCredentials();
      return caller.principal;
    case "limited":
      throw tooManyFailedSignIns(Math.max(1, Math.ceil((caller.until - now) / 1_000)));
    case "rejected":
      throw invalidCredentials();
    default:
      throw unauthenticated();
  }
}

/**
 * Checks the grants of the caller, before anything is read: the response is the same whether or not the file exists.
 *
 * @throws HttpError 403
 */
export function requireRole({ grants }: Principal, role: Role, key: string): void {
  if (!isGranted(grants, role, key)) throw forbidden(role);
}

function missingKey(place: KeyPlace): HttpError {
  const name = ("query" in place ? place.query : place.body).at(-1) ?? "";
  return "query" in place
    ? new HttpError(400, "InvalidParameter", `The query parameter ${name} must be the key of a file.`, {
        extensions: { parameter: name },
      })
    : new HttpError(400, "InvalidBody", `The member ${name} must be the key of a file.`, {
        extensions: { member: name },
      });
}

export const forbidden = (role: Role): HttpError =>
  new HttpError(403, "Forbidden", `This requires the role ${role} on the file.`);
