import type { AwsAccess } from "../aws/access.ts";
import type { Clock } from "../time/clock.ts";
import type { CacheStore } from "./cache-store.ts";
import { createIamToken } from "./iam-token.ts";
import { NoCacheStore } from "./no-cache-store.ts";
import type { CacheSettings } from "./settings.ts";
import { ValkeyStore } from "./valkey-store.ts";

/**
 * The cache of a program. It connects when first used.
 *
 * @param settings undefined in an environment without a cache
 * @param access of the role, which the cache authenticates by IAM; its tracer measures the commands
 */
export function openCacheStore(
  settings: CacheSettings | undefined,
  access: Pick<AwsAccess, "credentials" | "region" | "tracer">,
  clock: Clock,
): CacheStore {
  if (!settings) return new NoCacheStore();
  const { iam } = settings;
  return new ValkeyStore(settings, async () => iam && createIamToken(iam, access, clock), clock, access.tracer);
}
