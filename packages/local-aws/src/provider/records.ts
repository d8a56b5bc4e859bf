import { Journal } from "../runtime/journal.ts";
import type { Attributes } from "./resource-handler.ts";

/** A resource that exists in the local AWS. */
export interface ResourceRecord {
  /**
   * The key of the record in the provider. Terraform stores it as private data, because some types have no ID and some
   * IDs change.
   */
  readonly key: string;
  readonly type: string;
  readonly attributes: Attributes;
  /** The run of the local AWS that created it. */
  readonly run: string;
  /**
   * The resource is known to be in a state: Terraform has read it again, or the deployment that created it has
   * succeeded. An unconfirmed resource of an earlier run was created just before that run was killed, and is in no
   * state.
   */
  readonly confirmed: boolean;
}

/** All resources that exist, stored durably, in order of creation. */
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

  /** Created by a run that was killed before Terraform could write its state. */
  isOrphan(record: ResourceRecord): boolean {
    return !record.confirmed && record.run !== this.#run;
  }

  /** Call after a successful deployment: the resources that this run created are in a state now. */
  confirmThisRun(): void {
    for (const record of this.all()) if (record.run === this.#run) this.confirm(record.key);
  }

  close(): void {
    this.#journal.close();
  }
}
