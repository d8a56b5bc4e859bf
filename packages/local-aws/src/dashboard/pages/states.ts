import type { ObjectVersion } from "../../aws/s3/object-version.ts";
import type { DashboardSources } from "../sources.ts";
import type { StackLockView } from "../views.ts";

const ENDING = ".tfstate";
/** The versions that are kept in memory, over all stacks. */
const MAX_STATES = 200;
const LOCK_ENDING = ".tfstate.tflock";

/** The part of a Terraform state that is shown. https://developer.hashicorp.com/terraform/internals/json-format */
export interface State {
  readonly serial: number;
  readonly terraform_version: string;
  readonly outputs?: Readonly<Record<string, { readonly value: unknown; readonly sensitive?: boolean }>>;
  readonly resources?: readonly StateResource[];
}

export interface StateResource {
  readonly module?: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  readonly instances: readonly StateInstance[];
}

export interface StateInstance {
  readonly index_key?: string | number;
  readonly status?: "tainted";
  readonly attributes?: Readonly<Record<string, unknown>>;
  /** Base64; the local provider's part has the key of its record. */
  readonly private?: string;
}

export interface StoredState {
  /** Name of the stack: that of the object without its ending. */
  readonly name: string;
  readonly key: string;
  readonly version: ObjectVersion;
  readonly state: State;
}

/** The Terraform states in the local bucket that the project names. A version never changes, so each is read once. */
export class States {
  readonly #sources: Pick<DashboardSources, "buckets" | "content">;
  readonly #read = new Map<number, Promise<State | undefined>>();

  constructor(sources: Pick<DashboardSources, "buckets" | "content">) {
    this.#sources = sources;
  }

  get configured(): boolean {
    return this.#sources.content().stateBucket !== undefined;
  }

  /** The current state of every stack, by name. */
  async current(): Promise<StoredState[]> {
    const { store } = this.#sources.buckets;
    const bucket = this.#bucket();
    if (bucket === undefined) return [];
    const keys = store.keys(bucket);
    const found: StoredState[] = [];
    for (let index = 0; index < keys.length; index += 1) {
      const key = keys.at(index) ?? "";
      const version = key.endsWith(ENDING) ? store.versions(bucket, key)[0] : undefined;
      const state = version && !version.deleteMarker ? await this.#state(version) : undefined;
      if (version && state) found.push({ name: nameOf(key), key, version, state });
    }
    return found.sort((a, b) => a.name.localeCompare(b.name));
  }

  /** The last versions of a state, newest first. */
  async history(key: string, maximum: number): Promise<StoredState[]> {
    const bucket = this.#bucket();
    if (bucket === undefined) return [];
    const versions = this.#sources.buckets.store.versions(bucket, key).filter(({ deleteMarker }) => !deleteMarker);
    const states = await Promise.all(
      versions.slice(0, maximum).map(async (version) => ({ version, state: await this.#state(version) })),
    );
    return states.flatMap(({ version, state }) => (state ? [{ name: nameOf(key), key, version, state }] : []));
  }

  /** Who holds the lock of a state. */
  async lock(key: string): Promise<StackLockView | undefined> {
    const bucket = this.#bucket();
    const lockKey = `${key.slice(0, -ENDING.length)}${LOCK_ENDING}`;
    if (bucket === undefined) return undefined;
    const version = this.#sources.buckets.store.versions(bucket, lockKey)[0];
    if (!version || version.deleteMarker) return undefined;
    const lock = parse<{ Operation?: string; Who?: string; Created?: string }>(await this.#text(version));
    return { operation: lock?.Operation ?? "unknown", who: lock?.Who ?? "unknown", created: lock?.Created ?? "" };
  }

  #bucket(): string | undefined {
    const { stateBucket } = this.#sources.content();
    return stateBucket !== undefined && this.#sources.buckets.store.hasBucket(stateBucket) ? stateBucket : undefined;
  }

  #state(version: ObjectVersion): Promise<State | undefined> {
    const known = this.#read.get(version.sequence);
    if (known) return known;
    const state = this.#text(version).then((text) => parse<State>(text));
    this.#read.set(version.sequence, state);
    const [oldest] = this.#read.size > MAX_STATES ? this.#read.keys() : [];
    if (oldest !== undefined) this.#read.delete(oldest);
    return state;
  }

  /** Empty when the version was deleted meanwhile. */
  async #text({ bucket, key, versionId }: ObjectVersion): Promise<string> {
    try {
      return Buffer.from(await this.#sources.buckets.read(bucket, key, versionId)).toString("utf8");
    } catch {
      return "";
    }
  }
}

/** `module.network["a"].aws_vpc.Main[0]`, as Terraform writes it. */
export function addressOf({ module, mode, type, name }: StateResource, { index_key: index }: StateInstance): string {
  const address = `${mode === "data" ? "data." : ""}${type}.${name}${index === undefined ? "" : `[${JSON.stringify(index)}]`}`;
  return module === undefined ? address : `${module}.${address}`;
}

/** The key of the record of the local provider; undefined for a resource of another provider. */
export function recordKeyOf({ private: data }: StateInstance): string | undefined {
  if (data === undefined) return undefined;
  return parse<{ key?: string }>(Buffer.from(data, "base64").toString("utf8"))?.key;
}

function nameOf(key: string): string {
  return key.slice(key.lastIndexOf("/") + 1, -ENDING.length);
}

function parse<T>(text: string): T | undefined {
  try {
    return JSON.parse(text) as T;
  } catch {
    return undefined;
  }
}
