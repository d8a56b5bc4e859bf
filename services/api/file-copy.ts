import * as v from "valibot";
import { HttpError } from "../../lib/http/http-error.ts";
import type { HttpRequest } from "../../lib/http/request.ts";
import { type HttpResponse, jsonResponse } from "../../lib/http/response.ts";
import { type ObjectMetadata, type ObjectStore, PreconditionFailedError } from "../../lib/objects/object-store.ts";
import type { UploadStore } from "../../lib/objects/upload-store.ts";
import type { Clock } from "../../lib/time/clock.ts";
import { copyInParts, PART_BYTES } from "./copy-in-parts.ts";
import { fileChanged, fileNotFound, versionNotFound } from "./errors.ts";
import { fileUrl } from "./file-url.ts";
import { uploadIdSchema } from "./upload-parameters.ts";

export const copyBody = v.object({
  from: v.string(),
  to: v.string(),
  overwrite: v.optional(v.boolean(), false),
  /** The member of a response with 202, to continue this copy. */
  uploadId: v.optional(uploadIdSchema),
});

export interface CopyDependencies {
  readonly objects: Pick<ObjectStore, "copy" | "delete" | "head">;
  readonly uploads: Pick<UploadStore, "abort" | "complete" | "copyPart" | "create" | "listParts">;
  readonly clock: Clock;
  /** Bytes of the largest file that is copied in one request of S3, and of a part of a larger one. */
  readonly sizes?: { readonly single: number; readonly part: number };
}

export interface CopyRequest {
  readonly from: string;
  /** By default, the newest version. */
  readonly version?: string | undefined;
  readonly to: string;
  readonly overwrite: boolean;
  readonly uploadId?: string | undefined;
}

/** A copy that was made and verified, or the response for a copy that takes longer than a request. */
export type CopyOutcome = { readonly source: ObjectMetadata } | { readonly unfinished: HttpResponse };

/** A large file is copied in parts at the same time, because one request of S3 copies only about 100 MB a second. */
const defaultSizes = { single: 256 * 1024 ** 2, part: PART_BYTES };

/**
 * Copies a file and verifies the copy.
 *
 * @throws HttpError 400 when both keys are the same, 404 when there is no such file, 409 when `to` exists or the file
 *   changes meanwhile
 */
export async function copyVerified(
  { objects, uploads, clock, sizes = defaultSizes }: CopyDependencies,
  { from, version, to, overwrite, uploadId }: CopyRequest,
): Promise<CopyOutcome> {
  if (from === to && version === undefined)
    throw new HttpError(400, "SameFile", "A file cannot be copied to its own key.");
  const source = await objects.head(from, version);
  if (!source) throw version === undefined ? fileNotFound() : versionNotFound();
  // Before the copy, which can be long; the copy itself is atomic by its condition.
  if (!overwrite && (await objects.head(to))) throw fileExists();
  const conditions = overwrite ? {} : { ifNoneMatch: "*" };
  try {
    const pinned = { key: from, version, etag: source.etag };
    const etag =
      source.size <= sizes.single
        ? await objects.copy(pinned, to, conditions)
        : await copyInParts(uploads, clock, {
            source: pinned,
            metadata: source,
            to,
            uploadId,
            conditions,
            partBytes: sizes.part,
          });
    if (typeof etag !== "string") return { unfinished: unfinished(etag) };
    const copy = await objects.head(to);
    if (copy?.etag !== etag || copy.size !== source.size) throw fileChanged();
    return { source };
  } catch (error) {
    if (!(error instanceof PreconditionFailedError)) throw error;
    throw !overwrite && (await objects.head(to)) ? fileExists() : fileChanged();
  }
}

export const copiedResponse = ({ baseUrl }: HttpRequest, to: string): HttpResponse =>
  jsonResponse(200, { key: to, location: fileUrl(baseUrl, to) });

/** The copy continues when the caller repeats the request with `uploadId`. */
const unfinished = (progress: { readonly uploadId: string; readonly copied: number; readonly size: number }) =>
  jsonResponse(202, progress, { "retry-after": "1", "cache-control": "no-store" });

const fileExists = (): HttpError =>
  new HttpError(409, "FileExists", "There is a file with this key. Set overwrite to replace it.");
