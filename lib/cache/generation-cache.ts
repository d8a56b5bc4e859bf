import { createHash } from "node:crypto";
import { describeError, type Log } from "../log/log.ts";
import type { Clock } from "../time/clock.ts";
import { type CacheStore, CacheUnavailableError } from "./cache-store.ts";

/** Time to live of an entry. It limits the age of a result when a bump was lost. */
export const CACHE_TTL_SECONDS = 60;

/** Larger results are not cached, because the memory costs more than the time it saves. */
const MAX_ENTRY_CHARACTERS = 1_000_000;

/**
 * The version of the entry format. A release that changes the format increments it, so that no release reads entries in
 * another format.
 */
const PREFIX = "files:3";
const GENERATION_KEY = `${PREFIX}:generation`;

/**
 * A read-through cache that a writer invalidates as a whole, by incrementing a generation number after each commit. The
 * generation is part of an entry's key, so entries of older generations are no longer found and expire by their time to
 * live.
 *
 * Why no reader can store a stale result under the current generation: it reads the generation *before* it reads the
 * database. If its result lacks a commit, the database was read before that commit, so the generation was read before
 * the bump that follows the commit. The result is stored under an older generation than the one in use after the bump,
 * regardless of how long the reader is delayed in between.
 *
 * Results can be stale between a commit and its bump, and for {@link CACHE_TTL_SECONDS} when the bump is lost (the
 * writer was killed, the cache was unavailable, or a replica was promoted that had not received it).
 *
 * A generation that was lost (evicted, or the cache restarted) starts again at the time in microseconds, which is
 * higher than any number reached before, so no old entry matches it.
 */
export class GenerationCache {
  readonly #store: CacheStore;
  readonly #clock: Clock;
  readonly #log: Log;

  constructor(store: CacheStore, clock: Clock, log: Log) {
    this.#store = store;
    this.#clock = clock;
    this.#log = log;
  }

  /**
   * The cached result of a query, or the loaded one, which is then cached. Errors of `load` are passed on and not
   * cached.
   *
   * @param query identifies the result; must be JSON
   */
  async read<T>(query: readonly unknown[], load: () => Promise<T>): Promise<T> {
    const key = await this.#tolerate(() => this.#entryKey(query));
    if (key === undefined) return load();
    const cached = await this.#tolerate(() => this.#store.get(key));
    if (cached !== undefined) return JSON.parse(cached) as T;
    const result = await load();
    const text = JSON.stringify(result);
    if (text.length <= MAX_ENTRY_CHARACTERS) await this.#tolerate(() => this.#store.set(key, text, CACHE_TTL_SECONDS));
    return result;
  }

  /**
   * Invalidates every cached result; to be called after the commit.
   *
   * @throws CacheUnavailableError
   */
  async bump(): Promise<void> {
    await this.#store.initialize(GENERATION_KEY, this.#clock.now() * 1_000);
    await this.#store.increment(GENERATION_KEY);
  }

  async #entryKey(query: readonly unknown[]): Promise<string> {
    const digest = createHash("sha256").update(JSON.stringify(query)).digest("base64url");
    return `${PREFIX}:${await this.#generation()}:${digest}`;
  }

  async #generation(): Promise<string> {
    const generation = await this.#store.get(GENERATION_KEY);
    if (generation !== undefined) return generation;
    // Of two readers that initialize it at the same time, both read the number that was set first.
    await this.#store.initialize(GENERATION_KEY, this.#clock.now() * 1_000);
    const initialized = await this.#store.get(GENERATION_KEY);
    if (initialized === undefined) throw new CacheUnavailableError("The cache did not store the generation");
    return initialized;
  }

  /** A failure of the cache is not a failure of the read. */
  async #tolerate<T>(command: () => Promise<T>): Promise<T | undefined> {
    try {
      return await command();
    } catch (error) {
      this.#log.debug("Continuing without the cache", { error: describeError(error) });
      return undefined;
    }
  }
}
