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
  type WriteConditions,
  type WriteOptions,
} from "../object-store.ts";
import { headersOf } from "../upload-headers.ts";

interface StoredObject {
  readonly body: Uint8Array;
  readonly metadata: ObjectMetadata;
}

/** An in-memory bucket for tests. Every operation fails while {@link failure} is set; discarded bodies are counted. */
export class MemoryObjectStore implements ObjectStore, ObjectLister {
  readonly objects = new Map<string, StoredObject>();
  failure: ObjectStoreError | undefined;
  /** The errors of the objects that {@link deleteAll} does not delete. */
  readonly refusedDeletions = new Map<string, ObjectStoreError>();
  discarded = 0;
  pageSize = 1_000;

  async head(key: string): Promise<ObjectMetadata | undefined> {
    this.#check();
    return this.objects.get(key)?.metadata;
  }

  async open(key: string, range?: string): Promise<OpenObject | undefined> {
    this.#check();
    const object = this.objects.get(key);
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
    this.objects.set(key, { body, metadata: { size: body.byteLength, etag, lastModified, contentType, userMetadata } });
  }

  async delete(key: string, conditions: Pick<WriteConditions, "ifMatch"> = {}): Promise<void> {
    this.#check();
    this.#checkConditions(key, conditions);
    this.objects.delete(key);
  }

  async deleteAll(keys: readonly string[]): Promise<ReadonlyMap<string, ObjectStoreError>> {
    this.#check();
    for (const key of keys) if (!this.refusedDeletions.has(key)) this.objects.delete(key);
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
  source({ key, etag }: CopySource): StoredObject {
    const source = this.objects.get(key);
    if (source?.metadata.etag !== etag) throw new PreconditionFailedError("The source has changed");
    return source;
  }

  async presignGet(key: string, expiresIn: number, disposition = ""): Promise<string> {
    this.#check();
    return `https://s3/get/${encodeURIComponent(key)}?X-Amz-Signature=canary-signature&e=${expiresIn}&d=${disposition}`;
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
