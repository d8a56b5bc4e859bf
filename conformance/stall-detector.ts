/** Detects that a run makes no progress any more, however long it takes as a whole. Does not keep the process alive. */
export class StallDetector {
  readonly #timer: NodeJS.Timeout;

  /** @param onStall called if no progress is reported for `limitMs`. */
  constructor(limitMs: number, onStall: () => void) {
    this.#timer = setTimeout(onStall, limitMs);
    this.#timer.unref();
  }

  readonly reportProgress = (): void => {
    this.#timer.refresh();
  };
}
