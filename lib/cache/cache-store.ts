/**
 * The commands of a key-value store that a cache needs. Each fails with {@link CacheUnavailableError} within a second.
 */
export interface CacheStore {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string, ttlSeconds: number): Promise<void>;
  /** Sets a number without a time to live, unless the key exists. */
  initialize(key: string, value: number): Promise<void>;
  /** Adds one and returns the sum. */
  increment(key: string): Promise<number>;
  ping(): Promise<void>;
}

/** The cache cannot be used at the moment. The caller continues without it. */
export class CacheUnavailableError extends Error {
  override readonly name = "CacheUnavailableError";
  readonly code = "CacheUnavailable";
}
