import { createHash } from "node:crypto";
import type { WriteConditions } from "../object-store.ts";
import {
  type CopyRange,
  InvalidPartsError,
  MIN_PART_BYTES,
  type PartReference,
  type UploadedPart,
  UploadNotFoundError,
  type UploadStore,
} from "../upload-store.ts";
import type { UserMetadata } from "../user-metadata.ts";
import type { MemoryObjectStore } from "./memory-object-store.ts";

interface Upload {
  readonly key: string;
  readonly contentType: string;
  readonly metadata: UserMetadata;
  readonly parts: Map<number, Uint8Array>;
}

const lastModified = new Date("2026-01-02T03:04:05Z");

/** The uploads of an in-memory bucket for tests. It fails while the bucket has a failure. */
export class MemoryUploadStore implements UploadStore {
  readonly uploads = new Map<string, Upload>();
  readonly #objects: MemoryObjectStore;
  #created = 0;

  constructor(objects: MemoryObjectStore) {
    this.#objects = objects;
  }

  async create(key: string, contentType: string, metadata: UserMetadata): Promise<string> {
    this.#check();
    this.#created += 1;
    const id = `upload-${this.#created}`;
    this.uploads.set(id, { key, contentType, metadata, parts: new Map() });
    return id;
  }

  /** Uploads a part, as S3 does for a presigned URL, and returns its ETag. */
  putPart(key: string, uploadId: string, number: number, body: Uint8Array): string {
    this.#upload(key, uploadId).parts.set(number, body);
    return `"${md5(body).toString("hex")}"`;
  }

  async listParts(key: string, uploadId: string): Promise<readonly UploadedPart[]> {
    this.#check();
    return [...this.#upload(key, uploadId).parts]
      .map(([number, body]) => ({
        number,
        etag: `"${md5(body).toString("hex")}"`,
        size: body.byteLength,
        lastModified,
      }))
      .sort((one, other) => one.number - other.number);
  }

  async presignPart(key: string, uploadId: string, number: number, expiresIn: number): Promise<string> {
    this.#check();
    const query = `uploadId=${uploadId}&partNumber=${number}&X-Amz-Signature=canary-signature&e=${expiresIn}`;
    return `https://s3/part/${encodeURIComponent(key)}?${query}`;
  }

  async copyPart(key: string, uploadId: string, number: number, { source, first, last }: CopyRange): Promise<string> {
    this.#check();
    const { body } = this.#objects.source(source);
    return this.putPart(key, uploadId, number, body.subarray(first, last + 1));
  }

  async complete(
    key: string,
    uploadId: string,
    parts: readonly PartReference[],
    conditions: WriteConditions = {},
  ): Promise<string> {
    this.#check();
    const upload = this.#upload(key, uploadId);
    const bodies = parts.map(({ number, etag }) => {
      const body = upload.parts.get(number);
      if (body && md5(body).toString("hex") === etag.replaceAll('"', "")) return body;
      throw new InvalidPartsError("InvalidPart");
    });
    if (parts.some(({ number }, index) => number <= (parts[index - 1]?.number ?? 0))) {
      throw new InvalidPartsError("InvalidPartOrder");
    }
    if (bodies.slice(0, -1).some(({ byteLength }) => byteLength < MIN_PART_BYTES)) {
      throw new InvalidPartsError("PartTooSmall");
    }
    const etag = `"${md5(Buffer.concat(bodies.map(md5))).toString("hex")}-${parts.length}"`;
    const metadata = { contentType: upload.contentType, etag, userMetadata: upload.metadata };
    this.#objects.store(key, Buffer.concat(bodies), metadata, conditions);
    this.uploads.delete(uploadId);
    return etag;
  }

  async abort(key: string, uploadId: string): Promise<void> {
    this.#check();
    this.#upload(key, uploadId);
    this.uploads.delete(uploadId);
  }

  #upload(key: string, uploadId: string): Upload {
    const upload = this.uploads.get(uploadId);
    if (upload?.key !== key) throw new UploadNotFoundError("There is no such upload");
    return upload;
  }

  #check(): void {
    if (this.#objects.failure) throw this.#objects.failure;
  }
}

const md5 = (bytes: Uint8Array): Buffer => createHash("md5").update(bytes).digest();
