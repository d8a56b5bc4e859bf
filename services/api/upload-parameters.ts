import * as v from "valibot";
import { HttpError } from "../../lib/http/http-error.ts";
import type { HttpRequest } from "../../lib/http/request.ts";
import { MAX_PARTS } from "../../lib/objects/upload-store.ts";
import { checkUserMetadata, encodeMetadataValue, type UserMetadata } from "../../lib/objects/user-metadata.ts";
import { uploadNotFound } from "./errors.ts";
import { DEFAULT_TYPE, mediaType } from "./media-type.ts";
import { wholeNumber } from "./query-parameters.ts";

/** What Uppy sends as metadata and a file already has: its key and its type. */
const described: ReadonlySet<string> = new Set(["name", "relativePath", "type"]);

export const uploadIdSchema = v.pipe(v.string(), v.regex(/^[\w.~-]{1,1024}$/));
export const partNumber = wholeNumber(1, MAX_PARTS);

/**
 * The ID of an upload in the path of a request.
 *
 * @throws HttpError 404
 */
export function requestedUpload({ pathParameters }: HttpRequest): string {
  const parsed = v.safeParse(uploadIdSchema, pathParameters.uploadId);
  if (!parsed.success) throw uploadNotFound();
  return parsed.output;
}

/**
 * The type that a client states, or the default type for an empty one, which browsers have for unknown files.
 *
 * @throws HttpError 400
 */
export function uploadType(type = ""): string {
  if (type === "") return DEFAULT_TYPE;
  if (mediaType.test(type)) return type;
  throw new HttpError(400, "InvalidContentType", "The type is not a media type.");
}

/**
 * Metadata that a client describes as text, without what the file already has.
 *
 * @throws InvalidMetadataError
 */
export function uploadMetadata(metadata: Readonly<Record<string, string | number | boolean | null>>): UserMetadata {
  const entries = Object.entries(metadata).flatMap(([name, value]) =>
    described.has(name) || value === null ? [] : [[name, encodeMetadataValue(String(value))] as const],
  );
  return checkUserMetadata(Object.fromEntries(entries));
}
