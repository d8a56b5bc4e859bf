import { encodeKey } from "../../../../lib/keys/object-key.ts";
import { type Part, partsOf, uploadMethod } from "../../../../lib/objects/upload-plan.ts";
import type { ApiClient } from "../api/api-client.ts";
import { ApiError } from "../api/api-error.ts";
import type { FilesApi } from "../api/files-api.ts";
import type { SendFile } from "../api/send-file.ts";
import { inParallel } from "../model/in-parallel.ts";

/** A file on its way to the bucket. */
export interface Transfer {
  readonly key: string;
  readonly data: Blob;
  readonly type: string;
  /** Whether an existing file is replaced. Otherwise the transfer fails with the status 412. */
  readonly replaces: boolean;
  /** The ID of the multipart upload that is continued. */
  readonly uploadId: string | undefined;
  readonly signal: AbortSignal;
  /** Receives the ID of a multipart upload, which can be continued; undefined when it has ended. */
  readonly onUploadId: (uploadId: string | undefined) => void;
  readonly onProgress: (bytes: number) => void;
}

export interface TransferDependencies {
  readonly client: Pick<ApiClient, "send" | "json" | "put">;
  readonly files: Pick<FilesApi, "exists">;
  readonly sendFile: SendFile;
}

/** Parts of a file that are sent at the same time. */
const CONCURRENT_PARTS = 3;

/** Sends a file in one request to the API, in one to the bucket, or in parts, by its size. @throws ApiError */
export async function transfer(file: Transfer, dependencies: TransferDependencies): Promise<void> {
  const method = uploadMethod(file.data.size);
  if (method === "direct") return sendDirectly(file, dependencies);
  // The bucket checks it as well; this saves sending the bytes before it refuses them.
  if (!file.replaces && file.uploadId === undefined && (await dependencies.files.exists(file.key))) throw conflict();
  return method === "presigned" ? sendPresigned(file, dependencies) : sendParts(file, dependencies);
}

export const isConflict = (error: unknown): boolean => error instanceof ApiError && error.status === 412;

const conflict = (): ApiError => new ApiError("There is a file with this name.", { status: 412 });

/** The condition under which an existing file is not replaced. */
const conditionOf = ({ replaces }: Transfer): Record<string, string> => (replaces ? {} : { "if-none-match": "*" });

async function sendDirectly(file: Transfer, { client }: TransferDependencies): Promise<void> {
  const { key, data, type, signal, onProgress } = file;
  await client.put(`/api/upload/${encodeKey(key)}`, {
    body: data,
    headers: { "content-type": type, ...conditionOf(file) },
    signal,
    onProgress,
  });
}

interface PresignedUpload {
  readonly url: string;
  /** The headers that are signed. */
  readonly headers: Readonly<Record<string, string>>;
}

async function sendPresigned(file: Transfer, { client, sendFile }: TransferDependencies): Promise<void> {
  const { key, data, type, signal, onProgress } = file;
  const query = new URLSearchParams({ size: String(data.size), type, expires: "900" });
  const address = `/api/upload_presigned/${encodeKey(key)}?${query}`;
  const { url, headers } = await client.json<PresignedUpload>(address, { signal });
  // A browser sets the length itself, and refuses it from a script.
  const { "content-length": _, ...signed } = headers;
  await sendFile({ url, body: data, headers: { ...signed, ...conditionOf(file) }, signal, onProgress });
}

const multipartAddress = (key: string, uploadId: string, path = ""): string =>
  `/s3/multipart/${encodeURIComponent(uploadId)}${path}?${new URLSearchParams({ key })}`;

/** The routes of Uppy's Companion for multipart uploads. */
async function sendParts(file: Transfer, dependencies: TransferDependencies): Promise<void> {
  const { key, signal } = file;
  const { client } = dependencies;
  const { uploadId, uploaded } = await startOrContinue(file, client);
  const address = (path: string): string => multipartAddress(key, uploadId, path);
  const parts = partsOf(file.data.size);
  const progress = new PartProgress(parts, uploaded, file.onProgress);
  const missing = parts.filter(({ number }) => !uploaded.has(number));
  const etags = new Map(uploaded);
  await inParallel(missing, CONCURRENT_PARTS, async (part) => {
    etags.set(part.number, await sendPart(file, part, address(`/${part.number}`), progress, dependencies));
  });
  await client.send(address("/complete"), {
    method: "POST",
    json: { parts: parts.map(({ number }) => ({ PartNumber: number, ETag: etags.get(number) })) },
    headers: conditionOf(file),
    signal,
  });
  file.onUploadId(undefined);
}

/** The ETags of the parts that have been uploaded, by number. */
type UploadedParts = ReadonlyMap<number, string>;

async function startOrContinue(
  { key, type, uploadId, signal, onUploadId }: Transfer,
  client: TransferDependencies["client"],
): Promise<{ readonly uploadId: string; readonly uploaded: UploadedParts }> {
  if (uploadId !== undefined) {
    const uploaded = await listParts(key, uploadId, client, signal);
    if (uploaded) return { uploadId, uploaded };
  }
  const started = await client.json<{ uploadId: string }>("/s3/multipart", {
    method: "POST",
    json: { filename: key, type, metadata: {} },
    signal,
  });
  onUploadId(started.uploadId);
  return { uploadId: started.uploadId, uploaded: new Map() };
}

/** Undefined when there is no such upload any more: it has expired, or was discarded. */
async function listParts(
  key: string,
  uploadId: string,
  client: TransferDependencies["client"],
  signal: AbortSignal,
): Promise<UploadedParts | undefined> {
  try {
    const address = multipartAddress(key, uploadId);
    const parts = await client.json<{ PartNumber: number; ETag: string }[]>(address, { signal });
    return new Map(parts.map(({ PartNumber, ETag }) => [PartNumber, ETag]));
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
}

async function sendPart(
  { data, signal }: Transfer,
  part: Part,
  address: string,
  progress: PartProgress,
  { client, sendFile }: TransferDependencies,
): Promise<string> {
  const { url } = await client.json<{ url: string }>(address, { signal });
  const body = data.slice(part.offset, part.offset + part.length);
  const etag = await sendFile({ url, body, headers: {}, signal, onProgress: (bytes) => progress.set(part, bytes) });
  progress.set(part, part.length);
  return etag;
}

/** Ends an upload that is not continued, so that its parts are deleted. */
export async function discardUpload(key: string, uploadId: string, client: Pick<ApiClient, "send">): Promise<void> {
  await client.send(multipartAddress(key, uploadId), { method: "DELETE" });
}

/** The bytes of all parts that were sent. */
class PartProgress {
  readonly #sent: Map<number, number>;
  readonly #onProgress: (bytes: number) => void;

  constructor(parts: readonly Part[], uploaded: UploadedParts, onProgress: (bytes: number) => void) {
    const complete = parts.filter(({ number }) => uploaded.has(number));
    this.#sent = new Map(complete.map(({ number, length }) => [number, length]));
    this.#onProgress = onProgress;
    this.#report();
  }

  set({ number }: Part, bytes: number): void {
    this.#sent.set(number, bytes);
    this.#report();
  }

  #report(): void {
    this.#onProgress([...this.#sent.values()].reduce((sum, bytes) => sum + bytes, 0));
  }
}
