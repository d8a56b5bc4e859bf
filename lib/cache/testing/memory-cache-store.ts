import { type CacheStore, CacheUnavailableError } from "../cache-store.ts";

/** An in-memory cache for tests. Entries do not expire; every command fails while {@link down} is set. */
export class MemoryCacheStore implements CacheStore {
  readonly entries = new Map<string, string>();
  down = false;

  async get(key: string): Promise<string | undefined> {
    this.#check();
    return this.entries.get(key);
  }

  async set(key: string, value: string): Promise<void> {
    this.#check();
    this.entries.set(key, value);
  }

  async initialize(key: string, value: number): Promise<void> {
    this.#check();
    if (!this.entries.has(key)) this.entries.set(key, String(value));
  }

  async increment(key: string): Promise<number> {
    this.#check();
    const sum = Number(this.entries.get(key) ?? 0) + 1;
    this.entries.set(key, String(sum));
    return sum;
  }

  async ping(): Promise<void> {
    this.#check();
  }

  clear(): void {
    this.entries.clear();
  }

  #check(): void {
    if (this.down) throw new CacheUnavailableError("down");
  }
}
