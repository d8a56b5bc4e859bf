import type { Caches } from "../caches.ts";

/** The dependencies of the operations. */
export interface ElastiCacheContext {
  readonly caches: Caches;
}
