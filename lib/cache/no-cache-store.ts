import type { CacheStore } from "./cache-store.ts";

/** Where there is no cache: keeps nothing, and never fails, because nobody waits for it to come back. */
export class NoCacheStore implements CacheStore {
  async get(): Promise<undefined> {}

  async set(): Promise<void> {}

  async initialize(): Promise<void> {}

  async increment(): Promise<number> {
    return 0;
  }

  async ping(): Promise<void> {}
}
