import { Journal } from "../runtime/journal.ts";
import type { Attributes } from "./resource.ts";

/** A resource that exists in the stand-in. */
export interface ResourceRecord {
  /** The provider's own key. It travels in Terraform's private data, because some types have no id and some ids change. */
  readonly key: string;
  readonly type: string;
  readonly attributes: Attributes;
  /** The run of the stand-in that made it. */
  readonly run: string;
  /**
   * Terraform has shown that the resource is in a state: it asked about it again, or the deployment that made it ended well. One that is not confirmed
   * and comes from an earlier run was made just before that run was killed, and no state knows it.
   */
  readonly confirmed: boolean;
}

/** Everything that exists, durably, in order of creation. */
export class Records {
  readonly #journal: Journal<ResourceRecord>;
  readonly #run: string;

  constructor(path: string, run: string) {
    this.#journal = new Journal(path);
    this.#run = run;
  }

  all(): ResourceRecord[] {
    return this.#journal.values();
  }

  ofType(type: string): ResourceRecord[] {
    return this.all().filter((record) => record.type === type);
  }

  get(key: string): ResourceRecord | undefined {
    return this.#journal.get(key);
  }

  put(key: string, type: string, attributes: Attributes): void {
    const known = this.#journal.get(key);
    this.#journal.set(key, {
      key,
      type,
      attributes,
      run: known?.run ?? this.#run,
      confirmed: known?.confirmed ?? false,
    });
  }

  delete(key: string): void {
    this.#journal.delete(key);
  }

  confirm(key: string): void {
    const record = this.#journal.get(key);
    if (record && !record.confirmed) this.#journal.set(key, { ...record, confirmed: true });
  }

  /** Left over from a run that was killed before Terraform could write its state. */
  isOrphan(record: ResourceRecord): boolean {
    return !record.confirmed && record.run !== this.#run;
  }

  /** After a deployment that ended well: what this run made is in a state now. */
  confirmThisRun(): void {
    for (const record of this.all()) if (record.run === this.#run) this.confirm(record.key);
  }

  close(): void {
    this.#journal.close();
  }
}
