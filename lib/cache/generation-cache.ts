import { createHash } from "node:crypto";
import { describeError, type Log } from "../log/log.ts";
import type { Clock } from "../time/clock.ts";
import { type CacheStore, CacheUnavailableError } from "./cache-store.ts";

/** Answers are kept so long at most. It bounds how old an answer can be when a bump was lost. */
export const CACHE_TTL_SECONDS = 60;

/** Larger answers cost the cache more memory than they save time. */
const MAX_ENTRY_CHARACTERS = 1_000_000;

/** Names the form of the entries; a release that changes the form changes the name, so that none reads the other's. */
const PREFIX = "files:1";
const GENERATION_KEY = `${PREFIX}:generation`;

/**
 * A read-through cache that a writer makes stale as a whole, by raising a generation number after it has committed. Entries carry the
 * generation in their key, so the old ones cannot be reached any more and leave by their time to live.
 *
 * Why no reader can keep a stale answer reachable: it asks for the generation *before* it reads the database. If its answer lacks
 * a commit, the database was read before that commit, so the generation was asked for before the bump that follows the commit; the
 * answer is kept under an older generation than everyone uses after the bump. However long the reader is delayed or frozen in between.
 *
 * What remains: between a commit and its bump, and for {@link CACHE_TTL_SECONDS} when the bump is lost (writer killed, cache away,
 * replica promoted that had not received it), answers may be as old as that.
 *
 * A generation that was lost (evicted, cache restarted) begins again at the time in microseconds, which is higher than any number that
 * was reached before: so it never meets old entries.
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

  /** The kept answer to a question, or the loaded one, which is then kept. Failures of `load` are passed on and never kept. */
  async read<T>(question: readonly unknown[], load: () => Promise<T>): Promise<T> {
    const key = await this.#tolerate(() => this.#entryKey(question));
    if (key === undefined) return load();
    const kept = await this.#tolerate(() => this.#store.get(key));
    if (kept !== undefined) return JSON.parse(kept) as T;
    const answer = await load();
    const text = JSON.stringify(answer);
    if (text.length <= MAX_ENTRY_CHARACTERS) await this.#tolerate(() => this.#store.set(key, text, CACHE_TTL_SECONDS));
    return answer;
  }

  /**
   * Makes every kept answer unreachable; to be called after the commit.
   *
   * @throws CacheUnavailableError
   */
  async bump(): Promise<void> {
    await this.#store.initialize(GENERATION_KEY, this.#clock.now() * 1_000);
    await this.#store.increment(GENERATION_KEY);
  }

  async #entryKey(question: readonly unknown[]): Promise<string> {
    const digest = createHash("sha256").update(JSON.stringify(question)).digest("base64url");
    return `${PREFIX}:${await this.#generation()}:${digest}`;
  }

  async #generation(): Promise<string> {
    const generation = await this.#store.get(GENERATION_KEY);
    if (generation !== undefined) return generation;
    // Two readers may begin at once; one number wins and both use it.
    await this.#store.initialize(GENERATION_KEY, this.#clock.now() * 1_000);
    const begun = await this.#store.get(GENERATION_KEY);
    if (begun === undefined) throw new CacheUnavailableError("The cache does not keep its generation");
    return begun;
  }

  /** The cache saves time; it never costs an answer. */
  async #tolerate<T>(use: () => Promise<T>): Promise<T | undefined> {
    try {
      return await use();
    } catch (error) {
      this.#log.debug("Going on without the cache", { error: describeError(error) });
      return undefined;
    }
  }
}
