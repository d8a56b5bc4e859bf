/** The few commands of a key-value store that a cache needs. Each fails with {@link CacheUnavailableError}, and soon. */
export interface CacheStore {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string, ttlSeconds: number): Promise<void>;
  /** Sets a number that has no end, unless the key is there. */
  initialize(key: string, value: number): Promise<void>;
  /** Adds one and answers with the sum. */
  increment(key: string): Promise<number>;
  ping(): Promise<void>;
}

/** The cache cannot be used at the moment. The caller goes on without it. */
export class CacheUnavailableError extends Error {
  override readonly name = "CacheUnavailableError";
  readonly code = "CacheUnavailable";
}
