import type { CacheStore } from "./cache-store.ts";

/** The store of an environment without a cache: it stores nothing and never fails. */
export class NoCacheStore implements CacheStore {
  async get(): Promise<undefined> {}

  async set(): Promise<void> {}

  async initialize(): Promise<void> {}

  async increment(): Promise<number> {
    return 0;
  }

  async ping(): Promise<void> {}
}
