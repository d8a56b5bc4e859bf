import { compareKeys } from "./names.ts";

/** The keys of a bucket in S3's order, for listings that start anywhere and skip whole "folders" without visiting their keys. */
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

  /** Place of the first key that is not before `key`. */
  indexFrom(key: string): number {
    return this.#firstWhere((candidate) => compareKeys(candidate, key) >= 0);
  }

  /** Place of the first key that comes after `key` and after every key that begins with it. */
  indexBeyond(key: string): number {
    return this.#firstWhere((candidate) => compareKeys(candidate, key) > 0 && !candidate.startsWith(key));
  }

  #firstWhere(isAtOrBeyond: (key: string) => boolean): number {
    let low = 0;
    let high = this.#keys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isAtOrBeyond(this.#keys[middle] ?? "")) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
