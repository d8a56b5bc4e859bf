import { ObjectStoreUnavailableError, type WriteConditions } from "../../../lib/objects/object-store.ts";
import { MemoryObjectStore } from "../../../lib/objects/testing/memory-object-store.ts";
import { s3Event } from "./s3-event.ts";

export type S3Event = ReturnType<typeof s3Event>;

/** An in-memory bucket that reports its events like S3, for tests. */
export class EmittingBucket extends MemoryObjectStore {
  readonly #name: string;
  readonly #emit: (event: S3Event) => void;
  #changes = 0;

  constructor(name: string, emit: (event: S3Event) => void) {
    super();
    this.#name = name;
    this.#emit = emit;
  }

  override store(...parameters: Parameters<MemoryObjectStore["store"]>): void {
    super.store(...parameters);
    this.#report(parameters[0], "ObjectCreated:Put");
  }

  override async delete(key: string, conditions?: Pick<WriteConditions, "ifMatch">): Promise<void> {
    await super.delete(key, conditions);
    this.#report(key, "ObjectRemoved:DeleteMarkerCreated");
  }

  override async deleteAll(keys: readonly string[]): ReturnType<MemoryObjectStore["deleteAll"]> {
    const refused = await super.deleteAll(keys);
    for (const key of keys) if (!refused.has(key)) this.#report(key, "ObjectRemoved:DeleteMarkerCreated");
    return refused;
  }

  /** Reports that an old version has expired, which does not change the object. */
  expireVersion(key: string): void {
    this.#report(key, "LifecycleExpiration:Delete");
  }

  #report(key: string, name: string): void {
    this.#changes += 1;
    const time = new Date(Date.UTC(2026, 0, 2) + this.#changes).toISOString();
    this.#emit(s3Event(key, { name, bucket: this.#name, time, sequencer: sequencerOf(this.#changes) }));
  }
}

/** Sequencers of various lengths, whose order is that of the changes when they are padded with zeros on the right. */
const sequencerOf = (change: number): string => {
  const tail = ["", "07", "00F3"][change % 3] ?? "";
  return change.toString(16).toUpperCase().padStart(8, "0") + tail;
};

/** Where a call fails: before it has an effect, or after it, as when the response is lost. */
export type Fault = "before" | "after";

/**
 * The same object, of whose calls some fail.
 *
 * @param nextFault called for every call of a method
 */
export const withFaults = <T extends object>(
  target: T,
  nextFault: () => Fault | undefined,
  error: () => Error = () => new ObjectStoreUnavailableError("injected"),
): T =>
  new Proxy(target, {
    get: (_, name) => {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== "function") return member;
      return async (...parameters: unknown[]): Promise<unknown> => {
        const fault = nextFault();
        if (fault === "before") throw error();
        const result: unknown = await member.apply(target, parameters);
        if (fault === "after") throw error();
        return result;
      };
    },
  });
