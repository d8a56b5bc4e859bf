import { compareKeys } from "./names.ts";

/** The keys of a bucket in UTF-8 order. Finds any position, or the end of a common prefix, by binary search. */
export class SortedKeys {
  readonly #keys: string[];

  constructor(keys: Iterable<string> = []) {
    this.#keys = [...keys].sort(compareKeys);
  }

  get length(): number {
    return this.#keys.length;
  }

  at(index: number): string | undefined {
    return this.#keys[index];
  }

  add(key: string): void {
    const index = this.indexFrom(key);
    if (this.#keys[index] !== key) this.#keys.splice(index, 0, key);
  }

  remove(key: string): void {
    const index = this.indexFrom(key);
    if (this.#keys[index] === key) this.#keys.splice(index, 1);
  }

  /** Index of the first key that is not less than `key`. */
  indexFrom(key: string): number {
    return this.#firstWhere((candidate) => compareKeys(candidate, key) >= 0);
  }

  /** Index of the first key that is greater than `prefix` and does not start with it. */
  indexAfterPrefix(prefix: string): number {
    return this.#firstWhere((candidate) => compareKeys(candidate, prefix) > 0 && !candidate.startsWith(prefix));
  }

  #firstWhere(matches: (key: string) => boolean): number {
    let low = 0;
    let high = this.#keys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (matches(this.#keys[middle] ?? "")) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
