import { readFileSync } from "node:fs";

/** What is used of the standard input. */
export interface KeyboardInput {
  readonly isTTY?: boolean;
  setRawMode?(isRaw: boolean): unknown;
  on(event: "data", listener: (data: Buffer) => void): unknown;
  off(event: "data", listener: (data: Buffer) => void): unknown;
  resume(): unknown;
  pause(): unknown;
}

const CTRL_C = "\u0003";
const CTRL_Z = "\u001a";

export interface KeyboardOptions {
  readonly input: KeyboardInput;
  /** Key → what it does. */
  readonly actions: Readonly<Record<string, () => void>>;
  /** Called on Ctrl-C, which in raw mode is not a signal. */
  readonly onInterrupt: () => void;
  /** Whether the process may change the terminal: one in the background would be stopped by it. */
  readonly isForeground?: () => boolean;
  /** Stops the process group, like Ctrl-Z. */
  readonly suspend?: () => void;
}

/** Single keys of a terminal, in raw mode. Does nothing where the input is not a terminal. */
export class Keyboard {
  readonly #options: Required<KeyboardOptions>;
  #isRaw = false;
  /** Receives the next key in place of the actions. */
  #onKey: ((key: string) => void) | undefined;

  constructor(options: KeyboardOptions) {
    this.#options = { isForeground, suspend: () => process.kill(0, "SIGTSTP"), ...options };
  }

  /** Whether keys are read. */
  get isActive(): boolean {
    return this.#isRaw;
  }

  start(): void {
    this.#enable();
    process.on("SIGCONT", this.#enable);
    process.on("exit", this.#disable);
  }

  /** Restores the terminal. */
  stop(): void {
    process.off("SIGCONT", this.#enable);
    process.off("exit", this.#disable);
    this.#disable();
  }

  /** The next key, which then has no other effect; undefined when the signal is aborted before. */
  nextKey(signal: AbortSignal): Promise<string | undefined> {
    return new Promise((resolve) => {
      const end = (key?: string): void => {
        this.#onKey = undefined;
        signal.removeEventListener("abort", cancel);
        resolve(key);
      };
      const cancel = () => end();
      if (signal.aborted) return resolve(undefined);
      signal.addEventListener("abort", cancel);
      this.#onKey = end;
    });
  }

  readonly #enable = (): void => {
    const { input, isForeground } = this.#options;
    if (this.#isRaw || input.isTTY !== true || !isForeground()) return;
    input.setRawMode?.(true);
    input.on("data", this.#read);
    input.resume();
    this.#isRaw = true;
  };

  readonly #disable = (): void => {
    if (!this.#isRaw) return;
    const { input } = this.#options;
    this.#isRaw = false;
    input.off("data", this.#read);
    input.pause();
    input.setRawMode?.(false);
  };

  readonly #read = (data: Buffer): void => {
    const { actions, onInterrupt, suspend } = this.#options;
    // An escape sequence, such as that of an arrow key, is not a series of keys.
    const text = data.toString();
    if (text.startsWith("\u001b")) return;
    for (const key of text) {
      if (key === CTRL_C) onInterrupt();
      else if (key === CTRL_Z) {
        this.#disable();
        suspend();
      } else if (this.#onKey) this.#onKey(key.toLowerCase());
      else actions[key.toLowerCase()]?.();
    }
  };
}

/**
 * Whether this process is in the foreground process group of its terminal; see proc_pid_stat(5). Systems without
 * `/proc` do not tell.
 */
function isForeground(): boolean {
  try {
    const fields = readFileSync("/proc/self/stat", "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    const [processGroup, foregroundGroup] = [fields[2], fields[5]];
    return processGroup === foregroundGroup;
  } catch {
    return true;
  }
}
