import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import pLimit from "p-limit";
import { isPossibleSize, type Part, partsOf, uploadMethod } from "../../lib/objects/upload-plan.ts";
import type { FilesApi, MultipartUpload, UploadedPart } from "./files-api.ts";
import { FilesError } from "./files-error.ts";
import { withRetries } from "./retry.ts";
import type { UploadJournal } from "./upload-journal.ts";

/** Parts of one file that are sent at once; each is in memory. */
const PARALLEL_PARTS = 4;

export interface TransferDependencies {
  readonly api: FilesApi;
  readonly journal: UploadJournal;
  /** Called with the number of bytes that were transferred. */
  readonly onBytes: (bytes: number) => void;
}

export interface Upload {
  readonly path: string;
  readonly key: string;
  readonly contentType: string;
  /** Fails if there is a file with this key. */
  readonly keepExisting: boolean;
}

/**
 * Uploads a file: small ones in one request to the API, larger ones to a presigned URL, and large ones in parts, which
 * continue where an interrupted upload has stopped. The API or S3 checks the SHA-256 of the content.
 *
 * @throws FilesError
 */
export async function uploadFile(upload: Upload, dependencies: TransferDependencies): Promise<void> {
  const { size, mtimeMs } = await stat(upload.path);
  if (!isPossibleSize(size)) throw new FilesError("FileTooLarge", `${upload.path} is larger than 5 TiB.`);
  const sha256 = await hashFile(upload.path);
  if (upload.keepExisting && (await dependencies.api.head(upload.key))) {
    throw new FilesError("FileExists", `There is already a file ${upload.key}. Replace it with --overwrite.`);
  }
  switch (uploadMethod(size)) {
    case "direct":
      return uploadDirectly(upload, size, sha256, dependencies);
    case "presigned":
      return uploadPresigned(upload, size, sha256, dependencies);
    case "multipart":
      return uploadParts(upload, { size, modified: mtimeMs, sha256 }, dependencies);
  }
}

async function uploadDirectly(
  { path, key, contentType, keepExisting }: Upload,
  size: number,
  sha256: Buffer,
  { api, onBytes }: TransferDependencies,
): Promise<void> {
  await api.put(key, await readPart(path, { number: 1, offset: 0, length: size }), {
    "content-type": contentType,
    "x-amz-checksum-sha256": sha256.toString("base64"),
    "x-meta-sha256": sha256.toString("hex"),
    ...(keepExisting && { "if-none-match": "*" }),
  });
  onBytes(size);
}

async function uploadPresigned(
  { path, key, contentType }: Upload,
  size: number,
  sha256: Buffer,
  { api, onBytes }: TransferDependencies,
): Promise<void> {
  const body = await readPart(path, { number: 1, offset: 0, length: size });
  const parameters = { size: String(size), type: contentType, sha256: sha256.toString("hex") };
  const send = async (): Promise<void> => {
    const { url, headers } = await api.presignUpload(key, parameters);
    await putToS3(url, body, headers, api.signal);
  };
  await withRetries(send, { signal: api.signal });
  onBytes(size);
}

async function uploadParts(
  upload: Upload,
  file: { readonly size: number; readonly modified: number; readonly sha256: Buffer },
  { api, journal, onBytes }: TransferDependencies,
): Promise<void> {
  const { path, key, contentType } = upload;
  const entry = { key, size: file.size, modified: file.modified, sha256: file.sha256.toString("hex") };
  const resumed = await findUpload(entry, api, journal);
  const multipart = resumed?.multipart ?? (await api.startMultipart(key, contentType, { sha256: entry.sha256 }));
  if (!resumed) journal.write(entry, multipart.uploadId);
  const uploaded = new Map(resumed?.parts.map((part) => [part.PartNumber, part]));
  const limit = pLimit(PARALLEL_PARTS);
  const sending = partsOf(file.size).map((part) =>
    limit(async () => {
      if (!uploaded.has(part.number)) uploaded.set(part.number, await uploadPart(path, part, multipart, api));
      onBytes(part.length);
    }),
  );
  await Promise.all(sending).catch((error: unknown) => {
    limit.clearQueue();
    throw error;
  });
  await api.completeMultipart(
    multipart,
    [...uploaded.values()].toSorted((one, other) => one.PartNumber - other.PartNumber),
  );
  journal.remove(entry);
}

/** The upload of the same content that was interrupted, if S3 still has it. */
async function findUpload(
  entry: Parameters<UploadJournal["find"]>[0],
  api: FilesApi,
  journal: UploadJournal,
): Promise<{ multipart: MultipartUpload; parts: readonly UploadedPart[] } | undefined> {
  const uploadId = journal.find(entry);
  if (uploadId === undefined) return undefined;
  const multipart = { key: entry.key, uploadId };
  const parts = await api.listParts(multipart);
  return parts && { multipart, parts };
}

async function uploadPart(path: string, part: Part, multipart: MultipartUpload, api: FilesApi): Promise<UploadedPart> {
  const body = await readPart(path, part);
  const md5 = createHash("md5").update(body).digest("base64");
  const send = async (): Promise<string> => {
    const url = await api.presignPart(multipart, part.number);
    return putToS3(url, body, { "content-md5": md5 }, api.signal);
  };
  return { PartNumber: part.number, ETag: await withRetries(send, { signal: api.signal }) };
}

/** @returns the ETag */
async function putToS3(
  url: string,
  body: Uint8Array<ArrayBuffer>,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<string> {
  const response = await fetch(url, { method: "PUT", body, headers, signal });
  const text = await response.text();
  if (response.ok) return response.headers.get("etag") ?? "";
  const [, code = "UNEXPECTED_RESPONSE"] = /<Code>(\w+)<\/Code>/.exec(text) ?? [];
  throw new FilesError(code, `S3 refused the upload: ${code}.`, { status: response.status });
}

async function readPart(path: string, { offset, length }: Part): Promise<Uint8Array<ArrayBuffer>> {
  const file = await open(path);
  try {
    const buffer = new Uint8Array(length);
    let read = 0;
    while (read < length) {
      const { bytesRead } = await file.read(buffer, read, length - read, offset + read);
      if (bytesRead === 0) throw new FilesError("FileChanged", `${path} has become shorter during the upload.`);
      read += bytesRead;
    }
    return buffer;
  } finally {
    await file.close();
  }
}

async function hashFile(path: string): Promise<Buffer> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest();
}
