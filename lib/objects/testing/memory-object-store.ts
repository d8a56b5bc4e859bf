import { createHash } from "node:crypto";
import {
  type CopySource,
  type ListedObject,
  type ObjectLister,
  type ObjectMetadata,
  type ObjectStore,
  type ObjectStoreError,
  type OpenObject,
  PreconditionFailedError,
  type PresignedUpload,
  RangeNotSatisfiableError,
  type UploadContent,
  type VersionPage,
  type WriteConditions,
  type WriteOptions,
} from "../object-store.ts";
import { headersOf } from "../upload-headers.ts";

interface StoredObject {
  readonly body: Uint8Array;
  readonly metadata: ObjectMetadata;
}

interface StoredVersion {
  readonly id: string;
  /** Undefined for a deletion. */
  readonly object: StoredObject | undefined;
}

/** An in-memory bucket for tests. Every operation fails while {@link failure} is set; discarded bodies are counted. */
export class MemoryObjectStore implements ObjectStore, ObjectLister {
  readonly objects = new Map<string, StoredObject>();
  failure: ObjectStoreError | undefined;
  /** The errors of the objects that {@link deleteAll} does not delete. */
  readonly refusedDeletions = new Map<string, ObjectStoreError>();
  /** Newest first. */
  readonly #versions = new Map<string, readonly StoredVersion[]>();
  #created = 0;
  discarded = 0;
  pageSize = 1_000;

  async head(key: string, version?: string): Promise<ObjectMetadata | undefined> {
    this.#check();
    return this.#find(key, version)?.metadata;
  }

  async open(key: string, range?: string, version?: string): Promise<OpenObject | undefined> {
    this.#check();
    const object = this.#find(key, version);
    if (!object) return undefined;
    const { body, metadata } = object;
    const part = range === undefined ? undefined : parseRange(range, body.byteLength);
    const bytes = part ? body.subarray(part.first, part.last + 1) : body;
    return {
      metadata,
      length: bytes.byteLength,
      contentRange: part && `bytes ${part.first}-${part.last}/${body.byteLength}`,
      read: async () => bytes,
      discard: () => {
        this.discarded += 1;
      },
    };
  }

  async listVersions(key: string, limit: number, after?: string): Promise<VersionPage> {
    this.#check();
    const all = (this.#versions.get(key) ?? []).map(({ id, object }, index) => ({
      id,
      lastModified: new Date("2026-01-02T03:04:05Z"),
      isLatest: index === 0,
      content: object && { size: object.metadata.size, etag: object.metadata.etag },
    }));
    const versions = after === undefined ? all : all.slice(all.findIndex(({ id }) => id === after) + 1);
    const page = versions.slice(0, limit);
    return { versions: page, next: page.length < versions.length ? page.at(-1)?.id : undefined };
  }

  async put(key: string, body: Uint8Array, contentType: string, options: WriteOptions = {}): Promise<void> {
    this.#check();
    const etag = `"${createHash("md5").update(body).digest("hex")}"`;
    this.store(key, body, { contentType, etag, userMetadata: options.metadata ?? {} }, options);
  }

  /** @throws PreconditionFailedError */
  store(
    key: string,
    body: Uint8Array,
    { contentType, etag, userMetadata }: Pick<ObjectMetadata, "contentType" | "etag" | "userMetadata">,
    conditions: WriteConditions,
  ): void {
    this.#checkConditions(key, conditions);
    const lastModified = new Date("2026-01-02T03:04:05Z");
    const object = { body, metadata: { size: body.byteLength, etag, lastModified, contentType, userMetadata } };
    this.objects.set(key, object);
    this.#addVersion(key, object);
  }

  async delete(key: string, conditions: Pick<WriteConditions, "ifMatch"> = {}): Promise<void> {
    this.#check();
    this.#checkConditions(key, conditions);
    this.#remove(key);
  }

  async deleteAll(keys: readonly string[]): Promise<ReadonlyMap<string, ObjectStoreError>> {
    this.#check();
    for (const key of keys) if (!this.refusedDeletions.has(key)) this.#remove(key);
    return this.refusedDeletions;
  }

  async copy(source: CopySource, to: string, conditions: Pick<WriteConditions, "ifNoneMatch"> = {}): Promise<string> {
    this.#check();
    const { body, metadata } = this.source(source);
    const etag = `"${createHash("md5").update(body).digest("hex")}"`;
    this.store(to, body, { ...metadata, etag }, conditions);
    return etag;
  }

  /** The source of a copy. @throws PreconditionFailedError */
  source({ key, version, etag }: CopySource): StoredObject {
    const source = this.#find(key, version);
    if (source?.metadata.etag !== etag) throw new PreconditionFailedError("The source has changed");
    return source;
  }

  async presignGet(key: string, expiresIn: number, disposition = "", version = "latest"): Promise<string> {
    this.#check();
    const query = `X-Amz-Signature=canary-signature&e=${expiresIn}&d=${disposition}&v=${version}`;
    return `https://s3/get/${encodeURIComponent(key)}?${query}`;
  }

  async presignPut(key: string, expiresIn: number, content: UploadContent = {}): Promise<PresignedUpload> {
    this.#check();
    const url = `https://s3/put/${encodeURIComponent(key)}?X-Amz-Signature=canary-signature&e=${expiresIn}`;
    return { url, headers: headersOf(content) };
  }

  async listAfter(key: string): Promise<readonly ListedObject[]> {
    this.#check();
    const bytes = (text: string): Buffer => Buffer.from(text);
    return [...this.objects]
      .map(([name, { metadata }]) => ({ key: name, size: metadata.size, etag: metadata.etag }))
      .filter(({ key: name }) => Buffer.compare(bytes(name), bytes(key)) > 0)
      .sort((one, other) => Buffer.compare(bytes(one.key), bytes(other.key)))
      .slice(0, this.pageSize);
  }

  async ping(): Promise<void> {
    this.#check();
  }

  #find(key: string, version: string | undefined): StoredObject | undefined {
    if (version === undefined) return this.objects.get(key);
    return this.#versions.get(key)?.find(({ id }) => id === version)?.object;
  }

  #remove(key: string): void {
    this.objects.delete(key);
    this.#addVersion(key, undefined);
  }

  #addVersion(key: string, object: StoredObject | undefined): void {
    this.#created += 1;
    this.#versions.set(key, [{ id: `v${this.#created}`, object }, ...(this.#versions.get(key) ?? [])]);
  }

  #checkConditions(key: string, { ifMatch, ifNoneMatch }: WriteConditions): void {
    const current = this.objects.get(key)?.metadata.etag;
    if (ifNoneMatch !== undefined && current !== undefined) throw new PreconditionFailedError("exists");
    if (ifMatch === undefined) return;
    if (current === undefined || (ifMatch !== "*" && ifMatch !== current)) throw new PreconditionFailedError("differs");
  }

  #check(): void {
    if (this.failure) throw this.failure;
  }
}

/** The first and last byte of a range, as S3 interprets it. */
function parseRange(range: string, size: number): { first: number; last: number } {
  const [, from = "", to = ""] = /^bytes=(\d*)-(\d*)$/.exec(range) ?? [];
  const first = from === "" ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === "" || to === "" ? size - 1 : Math.min(Number(to), size - 1);
  if (first > last) throw new RangeNotSatisfiableError(size);
  return { first, last };
}
