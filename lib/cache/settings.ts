import * as v from "valibot";
import { type Endpoint, endpoint, text } from "../environment/parse-environment.ts";

/** How to reach Valkey. With `iam` the user signs in by a token of its AWS credentials, to the named replication group. */
export interface CacheSettings {
  readonly endpoint: Endpoint;
  readonly tls: boolean;
  readonly iam: { readonly user: string; readonly cacheName: string } | undefined;
}

/** The variables of a program that uses a cache where there is one, to be spread into its own schema; {@link completeCache} checks them together. */
export const cacheVariables = {
  CACHE_ENDPOINT: v.optional(endpoint),
  CACHE_TLS: v.optional(v.picklist(["on", "off"])),
  CACHE_AUTH: v.optional(v.picklist(["iam", "none"])),
  CACHE_USER: v.optional(text),
  CACHE_NAME: v.optional(text),
};

type CacheVariables = v.InferOutput<v.ObjectSchema<typeof cacheVariables, undefined>>;

/** `undefined` where there is no cache. */
export function cacheSettings(variables: CacheVariables): CacheSettings | undefined {
  const { CACHE_ENDPOINT, CACHE_USER: user, CACHE_NAME: cacheName } = variables;
  if (!CACHE_ENDPOINT) return undefined;
  return {
    endpoint: CACHE_ENDPOINT,
    tls: variables.CACHE_TLS === "on",
    iam: variables.CACHE_AUTH === "iam" && user && cacheName ? { user, cacheName } : undefined,
  };
}

/** What to say of a program whose variables are not {@link completeCache}. */
export const INCOMPLETE_CACHE = "CACHE_* (some of them, and others not)";

/** Whether all variables are there that one cache needs, or none because there is no cache. */
export function completeCache({
  CACHE_ENDPOINT,
  CACHE_TLS,
  CACHE_AUTH,
  CACHE_USER,
  CACHE_NAME,
}: CacheVariables): boolean {
  const identity = [CACHE_USER, CACHE_NAME];
  if (!CACHE_ENDPOINT) return [CACHE_TLS, CACHE_AUTH, ...identity].every((variable) => variable === undefined);
  if (CACHE_TLS === undefined || CACHE_AUTH === undefined) return false;
  return CACHE_AUTH === "none" || identity.every((variable) => variable !== undefined);
}
