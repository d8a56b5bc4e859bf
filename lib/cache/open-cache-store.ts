import type { Clock } from "../time/clock.ts";
import type { CacheStore } from "./cache-store.ts";
import { type CredentialsProvider, createIamToken } from "./iam-token.ts";
import { NoCacheStore } from "./no-cache-store.ts";
import type { CacheSettings } from "./settings.ts";
import { ValkeyStore } from "./valkey-store.ts";

/**
 * The cache of a program; it connects when first used.
 *
 * @param settings undefined where there is no cache
 * @param credentials of the AWS role that signs in where the cache asks for one
 */
export function openCacheStore(
  settings: CacheSettings | undefined,
  region: string,
  credentials: CredentialsProvider,
  clock: Clock,
): CacheStore {
  if (!settings) return new NoCacheStore();
  const { iam } = settings;
  return new ValkeyStore(settings, async () => iam && createIamToken(iam, region, credentials, clock), clock);
}
