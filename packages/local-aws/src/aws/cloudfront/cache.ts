import type { Headers } from "./freshness.ts";

/** An answer as the edge got it. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

export interface Kept extends Answer {
  /** Milliseconds since the epoch: when the origin last said that it is right. */
  readonly confirmedAt: number;
  readonly expiresAt: number;
}

/** Far more than a machine's own deployment shows. */
const MAX_BYTES = 64 * 1024 * 1024;

/** What one distribution keeps, in memory. When it is full, what was put first goes first. */
export class Cache {
  readonly #kept = new Map<string, Kept>();
  #bytes = 0;

  get(key: string): Kept | undefined {
    return this.#kept.get(key);
  }

  put(key: string, kept: Kept): void {
    this.delete(key);
    this.#kept.set(key, kept);
    this.#bytes += kept.body.length;
    for (const [oldest] of this.#kept) {
      if (this.#bytes <= MAX_BYTES) break;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    this.#bytes -= this.#kept.get(key)?.body.length ?? 0;
    this.#kept.delete(key);
  }
}
