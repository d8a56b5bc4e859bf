import { createHash } from "node:crypto";
import { createReadStream, createWriteStream, existsSync, statSync } from "node:fs";
import { mkdir, rename, rm, utimes } from "node:fs/promises";
import { dirname } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { FilesApi } from "./files-api.ts";
import { FilesError } from "./files-error.ts";

export interface Download {
  readonly key: string;
  readonly path: string;
  /** Replaces a file that exists. */
  readonly overwrite: boolean;
  /** The time that the file gets, in milliseconds since the epoch; by default that of the object in S3. */
  readonly modified?: number;
}

/**
 * Downloads a file next to its final path, continues an interrupted download of the same version, checks the SHA-256
 * that was stored with the file, and gives it the date of the file in the API.
 *
 * @returns whether the checksum was known and checked
 * @throws FilesError
 */
export async function downloadFile(
  { key, path, overwrite, modified: given }: Download,
  api: FilesApi,
  onBytes: (bytes: number) => void,
): Promise<boolean> {
  if (!overwrite && existsSync(path)) {
    throw new FilesError("FILE_EXISTS", `${path} exists. Replace it with --overwrite.`);
  }
  const headers = await api.head(key);
  if (!headers) throw new FilesError("FileNotFound", `There is no file ${key}.`, { status: 404 });
  const etag = headers.get("etag") ?? "";
  const temporary = `${path}.${createHash("sha256").update(etag).digest("hex").slice(0, 8)}.part`;
  await mkdir(dirname(path), { recursive: true });
  await fetchRest(key, temporary, { size: Number(headers.get("content-length")), etag }, api, onBytes);
  const expected = headers.get("x-meta-sha256");
  if (expected && (await hashOf(temporary)) !== expected) {
    await rm(temporary);
    throw new FilesError("CHECKSUM_DIFFERS", `The content of ${key} does not have its stored checksum. Try again.`);
  }
  const modified = new Date(given ?? headers.get("last-modified") ?? Date.now());
  await utimes(temporary, modified, modified);
  await rename(temporary, path);
  return expected !== null;
}

async function fetchRest(
  key: string,
  path: string,
  { size, etag }: { readonly size: number; readonly etag: string },
  api: FilesApi,
  onBytes: (bytes: number) => void,
): Promise<void> {
  const offset = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (offset > 0) onBytes(Math.min(offset, size));
  if (offset >= size && offset > 0) return;
  const response = await api.download(key, {
    "if-match": etag,
    ...(offset > 0 && { range: `bytes=${offset}-` }),
  });
  const isPartial = response.status === 206;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      onBytes(chunk.byteLength);
      done(null, chunk);
    },
  });
  const body = response.body ? Readable.fromWeb(response.body) : Readable.from([]);
  await pipeline(body, counted, createWriteStream(path, { flags: isPartial ? "a" : "w" }), { signal: api.signal });
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}
