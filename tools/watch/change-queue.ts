/** Files that were changed, and when the first of them was. */
export interface Changes {
  /** Paths, relative to the repository. */
  readonly paths: readonly string[];
  /** Milliseconds, of `performance.now()`. */
  readonly since: number;
  /** Aborted as soon as another file is changed: what waits for an answer is out of date. */
  readonly superseded: AbortSignal;
}

export interface ChangeQueueOptions {
  /** Milliseconds without a change until the collected ones are processed. */
  readonly quietMs?: number;
  /** Processes changes; never rejects. */
  readonly run: (changes: Changes) => Promise<void>;
  readonly now?: () => number;
}

/** An editor saves in several steps, and git writes hundreds of files: each within this time of the one before. */
const QUIET_MS = 60;

/** Collects changes until there are no more for a moment. One run at a time: changes during a run are the next one. */
export class ChangeQueue {
  readonly #options: Required<ChangeQueueOptions>;
  readonly #paths = new Set<string>();
  #since = 0;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #superseding = new AbortController();
  #isClosed = false;

  constructor(options: ChangeQueueOptions) {
    this.#options = { quietMs: QUIET_MS, now: () => performance.now(), ...options };
  }

  add(path: string): void {
    if (this.#isClosed) return;
    if (this.#paths.size === 0) this.#since = this.#options.now();
    this.#paths.add(path);
    this.#superseding.abort();
    if (!this.#running) this.#wait();
  }

  /** Starts no further run. Resolves when the current one has ended. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  #wait(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#start(), this.#options.quietMs);
  }

  #start(): void {
    const paths = [...this.#paths].sort();
    this.#paths.clear();
    this.#superseding = new AbortController();
    this.#running = this.#options
      .run({ paths, since: this.#since, superseded: this.#superseding.signal })
      .finally(() => {
        this.#running = undefined;
        if (this.#paths.size > 0 && !this.#isClosed) this.#wait();
      });
  }
}
