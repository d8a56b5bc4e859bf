import {
  type CopySource,
  type ObjectMetadata,
  ObjectStoreUnavailableError,
  type WriteConditions,
} from "../../lib/objects/object-store.ts";
import { MAX_PARTS, type PartReference, type UploadStore } from "../../lib/objects/upload-store.ts";
import type { Clock } from "../../lib/time/clock.ts";

export interface CopyTask {
  readonly source: CopySource;
  readonly metadata: ObjectMetadata;
  readonly to: string;
  /** The upload of an earlier request, which is continued. */
  readonly uploadId: string | undefined;
  readonly conditions: WriteConditions;
  /** The size of a part in bytes, at least. */
  readonly partBytes: number;
}

export interface CopyProgress {
  readonly uploadId: string;
  /** Bytes. */
  readonly copied: number;
  readonly size: number;
}

interface Part {
  readonly number: number;
  readonly first: number;
  readonly last: number;
}

/** Bytes. Below 64 MiB, the requests take longer than the copying. */
export const PART_BYTES = 64 * 1024 ** 2;
const PARALLEL = 16;
/** Milliseconds in which parts are started. The last ones, or the assembly, end within the 29 s of the function. */
const TIME = 12_000;

/**
 * Copies an object in parts at the same time. When time runs out, the upload remains, and the next request continues it
 * with the parts that are missing.
 *
 * @returns the ETag of the copy, or how far it has come
 * @throws ObjectStoreError after the upload was aborted
 */
export async function copyInParts(
  uploads: Pick<UploadStore, "abort" | "complete" | "copyPart" | "create" | "listParts">,
  clock: Clock,
  { source, metadata, to, uploadId: continued, conditions, partBytes }: CopyTask,
): Promise<string | CopyProgress> {
  const end = clock.now() + TIME;
  const { size, contentType, userMetadata } = metadata;
  const uploadId = continued ?? (await uploads.create(to, contentType, userMetadata));
  try {
    const present = continued === undefined ? [] : await uploads.listParts(to, uploadId);
    const copied = new Map<number, PartReference>(present.map(({ number, etag }) => [number, { number, etag }]));
    const parts = partsOf(size, partBytes);
    const missing = parts.filter(({ number }) => !copied.has(number));
    const copyNext = async (): Promise<void> => {
      for (let part = missing.shift(); part && clock.now() < end; part = missing.shift()) {
        const { number, first, last } = part;
        const etag = await uploads.copyPart(to, uploadId, number, { source, first, last });
        copied.set(number, { number, etag });
      }
    };
    const workers = await Promise.allSettled(Array.from({ length: PARALLEL }, copyNext));
    const failure = workers.find(({ status }) => status === "rejected") as PromiseRejectedResult | undefined;
    if (failure && !(failure.reason instanceof ObjectStoreUnavailableError)) throw failure.reason;
    const references = parts.flatMap(({ number }) => copied.get(number) ?? []);
    if (references.length < parts.length || clock.now() >= end) {
      const bytes = parts.reduce(
        (sum, { number, first, last }) => sum + (copied.has(number) ? last - first + 1 : 0),
        0,
      );
      return { uploadId, copied: bytes, size };
    }
    return await uploads.complete(to, uploadId, references, conditions);
  } catch (error) {
    // Otherwise, the parts would be stored for 7 days. The error of the copy matters more than one of the clean-up.
    await uploads.abort(to, uploadId).catch(() => undefined);
    throw error;
  }
}

/** Parts of the same size, so that each request computes the same ones. */
function partsOf(size: number, minimum: number): readonly Part[] {
  const bytes = Math.max(minimum, Math.ceil(size / MAX_PARTS));
  return Array.from({ length: Math.ceil(size / bytes) }, (_, index) => ({
    number: index + 1,
    first: index * bytes,
    last: Math.min((index + 1) * bytes, size) - 1,
  }));
}
