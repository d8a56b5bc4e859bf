import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { DamagedFileError } from "./local-aws-error.ts";

/** A change: a key with its value, or with `null` when it was deleted. */
export type Entry<Value> = readonly [key: string, value: Value | null];

/** Below this size the file is never rewritten, however many of its lines are superseded. */
const COMPACT_ABOVE_LINES = 1_000;

/**
 * A map that survives `kill -9`: every change is appended to a file before the call returns, the file is replayed at
 * start, and an incomplete last line, written during a crash, is removed. Keeps insertion order; replacing a value
 * keeps the key's place.
 *
 * One process at a time (the data folder's lock ensures it). Values are JSON.
 */
export class Journal<Value> {
  readonly #path: string;
  readonly #entries = new Map<string, Value>();
  #descriptor: number;
  #lines = 0;

  constructor(path: string) {
    this.#path = path;
    mkdirSync(dirname(path), { recursive: true });
    const size = existsSync(path) ? this.#replay(readFileSync(path)) : 0;
    this.#descriptor = openSync(path, "a", 0o600);
    ftruncateSync(this.#descriptor, size);
    this.#compactIfLarge();
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: string): Value | undefined {
    return this.#entries.get(key);
  }

  has(key: string): boolean {
    return this.#entries.has(key);
  }

  values(): Value[] {
    return [...this.#entries.values()];
  }

  entries(): [string, Value][] {
    return [...this.#entries];
  }

  set(key: string, value: Value): void {
    this.#append([key, value]);
    this.#entries.set(key, value);
    this.#compactIfLarge();
  }

  delete(key: string): boolean {
    if (!this.#entries.has(key)) return false;
    this.#append([key, null]);
    this.#entries.delete(key);
    this.#compactIfLarge();
    return true;
  }

  close(): void {
    fsyncSync(this.#descriptor);
    closeSync(this.#descriptor);
  }

  /** Several changes as one: after a crash either all of them are present or none. */
  commit(entries: readonly Entry<Value>[]): void {
    this.#append(entries);
    for (const [key, value] of entries) this.#apply(key, value);
    this.#compactIfLarge();
  }

  #append(line: Entry<Value> | readonly Entry<Value>[]): void {
    writeSync(this.#descriptor, `${JSON.stringify(line)}\n`);
    this.#lines += 1;
  }

  #apply(key: string, value: Value | null): void {
    if (value === null) this.#entries.delete(key);
    else this.#entries.set(key, value);
  }

  /** Applies the complete lines of the file and returns their length in bytes. */
  #replay(content: Buffer): number {
    let start = 0;
    for (let end = content.indexOf(0x0a); end !== -1; start = end + 1, end = content.indexOf(0x0a, start)) {
      const line = this.#parse(content.toString("utf8", start, end));
      for (const [key, value] of isEntry(line) ? [line] : line) this.#apply(key, value);
      this.#lines += 1;
    }
    return start;
  }

  #parse(text: string): Entry<Value> | readonly Entry<Value>[] {
    try {
      return JSON.parse(text) as Entry<Value> | readonly Entry<Value>[];
    } catch (cause) {
      throw new DamagedFileError(this.#path, cause, this.#lines + 1);
    }
  }

  /** Also while the journal is open, so that the file of a long run does not grow without limit. */
  #compactIfLarge(): void {
    if (this.#lines <= COMPACT_ABOVE_LINES || this.#lines <= this.#entries.size * 4) return;
    closeSync(this.#descriptor);
    const temporary = `${this.#path}.new`;
    const descriptor = openSync(temporary, "w", 0o600);
    for (const entry of this.#entries) writeSync(descriptor, `${JSON.stringify(entry)}\n`);
    fsyncSync(descriptor);
    closeSync(descriptor);
    renameSync(temporary, this.#path);
    this.#descriptor = openSync(this.#path, "a", 0o600);
    this.#lines = this.#entries.size;
  }
}

/** A line is one entry, or the entries of one commit. */
function isEntry<Value>(line: Entry<Value> | readonly Entry<Value>[]): line is Entry<Value> {
  return typeof line[0] === "string";
}
