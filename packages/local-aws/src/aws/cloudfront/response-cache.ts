import type { BufferedResponse } from "../../http/buffered-response.ts";

export interface CachedResponse extends BufferedResponse {
  /** Milliseconds since the epoch: when the origin sent it, or last confirmed that it is current. */
  readonly validatedAt: number;
  readonly expiresAt: number;
}

/** Far more than a local deployment needs. */
const MAX_BYTES = 64 * 1024 * 1024;

/** The cache of one distribution, in memory. If it is full, the oldest entries are removed. */
export class ResponseCache {
  readonly #responses = new Map<string, CachedResponse>();
  #bytes = 0;

  get(key: string): CachedResponse | undefined {
    return this.#responses.get(key);
  }

  put(key: string, response: CachedResponse): void {
    this.delete(key);
    this.#responses.set(key, response);
    this.#bytes += response.body.length;
    for (const [oldest] of this.#responses) {
      if (this.#bytes <= MAX_BYTES) break;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    this.#bytes -= this.#responses.get(key)?.body.length ?? 0;
    this.#responses.delete(key);
  }
}
