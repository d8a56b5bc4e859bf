import * as v from "valibot";
import { parseJson } from "../json/parse-json.ts";
import { isPrefix, roles } from "./grants.ts";
import type { Authentication } from "./principal.ts";

/**
 * Seconds for which API Gateway caches a result of the authorizer, by Authorization header and client address. It is
 * the maximum time that a revoked or disabled user, key or grant still has access.
 */
export const AUTHORIZER_CACHE_SECONDS = 300;

/**
 * The result of a sign-in as the authorizer passes it to the functions of the API. A function, not API Gateway, answers
 * a caller who is not signed in, because API Gateway can only respond with 403 and without a reason.
 */
export type AuthorizerContext =
  | {
      readonly outcome: "authenticated";
      readonly user: string;
      /** The grants as JSON: the values of a context are strings, numbers and booleans. */
      readonly grants: string;
      readonly method: string;
      readonly signedInAt?: number;
      readonly expiresAt?: number;
    }
  | { readonly outcome: "rejected" }
  | {
      readonly outcome: "limited";
      /** Milliseconds since the epoch; until then API Gateway responds to the same credentials from its cache. */
      readonly until: number;
    };

/** What a function knows about the caller. */
export type Caller = Exclude<Authentication, { outcome: "limited" }> | { outcome: "limited"; until: number };

const grants = v.pipe(
  v.string(),
  v.transform(parseJson),
  v.array(v.object({ role: v.picklist(roles), prefix: v.pipe(v.string(), v.check(isPrefix)) })),
);

/** API Gateway may pass a number as text. */
const time = v.union([v.number(), v.pipe(v.string(), v.regex(/^\d{1,16}$/), v.toNumber())]);

const context = v.union([
  v.object({
    outcome: v.literal("authenticated"),
    user: v.pipe(v.string(), v.nonEmpty()),
    grants,
    method: v.picklist(["password", "key", "session", "oidc"]),
    signedInAt: v.optional(time),
    expiresAt: v.optional(time),
  }),
  v.object({ outcome: v.literal("rejected") }),
  v.object({ outcome: v.literal("limited"), until: time }),
]);

/** @param now milliseconds since the epoch */
export function toAuthorizerContext(authentication: Authentication, now: number): AuthorizerContext {
  switch (authentication.outcome) {
    case "authenticated": {
      const { grants, ...principal } = authentication.principal;
      return { outcome: "authenticated", ...principal, grants: JSON.stringify(grants) };
    }
    case "rejected":
      return { outcome: "rejected" };
    case "limited":
      return { outcome: "limited", until: now + AUTHORIZER_CACHE_SECONDS * 1_000 };
  }
}

/**
 * Reads the context of an event. Undefined when there is none or it has an unexpected form: the route was deployed
 * without its authorizer, or the event was sent by hand. Then nobody is signed in.
 */
export function readAuthorizerContext(value: unknown): Caller | undefined {
  const parsed = v.safeParse(context, value);
  if (!parsed.success) return undefined;
  if (parsed.output.outcome !== "authenticated") return parsed.output;
  const { outcome, signedInAt, expiresAt, ...principal } = parsed.output;
  const times = { ...(signedInAt !== undefined && { signedInAt }), ...(expiresAt !== undefined && { expiresAt }) };
  return { outcome, principal: { ...principal, ...times } };
}
