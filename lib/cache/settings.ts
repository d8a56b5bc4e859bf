import * as v from "valibot";
import { type Endpoint, endpoint, text } from "../environment/parse-environment.ts";

/** How to reach Valkey. With `iam` the user signs in by a token of its AWS credentials, to the named replication group. */
export interface CacheSettings {
  readonly endpoint: Endpoint;
  readonly tls: boolean;
  readonly iam: { readonly user: string; readonly cacheName: string } | undefined;
}

/** The variables of a program that uses the cache, to be spread into its own schema; {@link completeCache} checks them together. */
export const cacheVariables = {
  CACHE_ENDPOINT: endpoint,
  CACHE_TLS: v.picklist(["on", "off"]),
  CACHE_AUTH: v.picklist(["iam", "none"]),
  CACHE_USER: v.optional(text),
  CACHE_NAME: v.optional(text),
};

type CacheVariables = v.InferOutput<v.ObjectSchema<typeof cacheVariables, undefined>>;

export function cacheSettings(variables: CacheVariables): CacheSettings {
  const { CACHE_USER: user, CACHE_NAME: cacheName } = variables;
  return {
    endpoint: variables.CACHE_ENDPOINT,
    tls: variables.CACHE_TLS === "on",
    iam: variables.CACHE_AUTH === "iam" && user && cacheName ? { user, cacheName } : undefined,
  };
}

/** Whether user and name are there when `CACHE_AUTH` needs them. */
export const completeCache = ({ CACHE_AUTH, CACHE_USER, CACHE_NAME }: CacheVariables): boolean =>
  CACHE_AUTH === "none" || (CACHE_USER !== undefined && CACHE_NAME !== undefined);
