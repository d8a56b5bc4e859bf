import * as v from "valibot";
import { type Endpoint, endpoint, InvalidEnvironmentError, text } from "../environment/parse-environment.ts";

/**
 * The connection settings of Valkey. With `iam`, the user authenticates to the named replication group with a token
 * that is created from its AWS credentials.
 */
export interface CacheSettings {
  readonly endpoint: Endpoint;
  readonly tls: boolean;
  readonly iam: { readonly user: string; readonly cacheName: string } | undefined;
}

/**
 * The variables of a program that uses a cache in environments that have one, to be spread into the program's own
 * schema.
 */
export const cacheVariables = {
  CACHE_ENDPOINT: v.optional(endpoint),
  CACHE_TLS: v.optional(v.picklist(["on", "off"])),
  CACHE_AUTH: v.optional(v.picklist(["iam", "none"])),
  CACHE_USER: v.optional(text),
  CACHE_NAME: v.optional(text),
};

type CacheVariables = v.InferOutput<v.ObjectSchema<typeof cacheVariables, undefined>>;

/**
 * Undefined when no variable is set: the environment has no cache.
 *
 * @throws InvalidEnvironmentError when only some of the variables that a cache needs are set
 */
export function cacheSettings(variables: CacheVariables): CacheSettings | undefined {
  if (!isComplete(variables)) throw new InvalidEnvironmentError(["CACHE_* (some of them are set, others are not)"]);
  const { CACHE_ENDPOINT, CACHE_USER: user, CACHE_NAME: cacheName } = variables;
  if (!CACHE_ENDPOINT) return undefined;
  return {
    endpoint: CACHE_ENDPOINT,
    tls: variables.CACHE_TLS === "on",
    iam: variables.CACHE_AUTH === "iam" && user && cacheName ? { user, cacheName } : undefined,
  };
}

function isComplete({ CACHE_ENDPOINT, CACHE_TLS, CACHE_AUTH, CACHE_USER, CACHE_NAME }: CacheVariables): boolean {
  const identity = [CACHE_USER, CACHE_NAME];
  if (!CACHE_ENDPOINT) return [CACHE_TLS, CACHE_AUTH, ...identity].every((variable) => variable === undefined);
  if (CACHE_TLS === undefined || CACHE_AUTH === undefined) return false;
  return CACHE_AUTH === "none" || identity.every((variable) => variable !== undefined);
}
