import { HttpError } from "../../lib/http/http-error.ts";
import type { HttpRequest } from "../../lib/http/request.ts";
import type { ObjectMetadata, ObjectStore, WriteConditions } from "../../lib/objects/object-store.ts";
import { preconditionFailed } from "./errors.ts";

type RequestHeaders = HttpRequest["headers"];
type Validators = Pick<ObjectMetadata, "etag" | "lastModified">;

/** The outcome of a request's preconditions: the object is served, or the response has this status. */
export type PreconditionOutcome = "proceed" | 304 | 412;

const names = ["if-match", "if-unmodified-since", "if-none-match", "if-modified-since"] as const;

/** Whether the response depends on the object's validators. */
export const hasPreconditions = (headers: RequestHeaders): boolean =>
  [...names, "if-range"].some((name) => headers[name] !== undefined);

/** Evaluates the preconditions of a GET or HEAD in the order of RFC 9110, section 13.2.2. */
export function evaluatePreconditions(headers: RequestHeaders, object: Validators): PreconditionOutcome {
  const [ifMatch, ifUnmodifiedSince, ifNoneMatch, ifModifiedSince] = names.map((name) => headers[name]);
  if (ifMatch !== undefined) {
    if (ifMatch.trim() !== "*" && !strongTags(ifMatch).includes(object.etag)) return 412;
  } else if (ifUnmodifiedSince !== undefined && seconds(object.lastModified) > parseDate(ifUnmodifiedSince)) return 412;
  if (ifNoneMatch !== undefined) return matches(ifNoneMatch, object.etag) ? 304 : "proceed";
  // NaN, from an invalid date, compares as false: the header is ignored.
  if (ifModifiedSince !== undefined && seconds(object.lastModified) <= parseDate(ifModifiedSince)) return 304;
  return "proceed";
}

/**
 * The range to serve: a single byte range, and only when `If-Range` matches the object. Multiple ranges, other units
 * and invalid values are ignored, as RFC 9110 allows, so that the whole object is served.
 *
 * @param object required to evaluate `If-Range`
 */
export function requestedRange(headers: RequestHeaders, object?: Validators): string | undefined {
  const range = headers.range;
  if (range === undefined || !/^bytes=(\d{1,15}-\d{0,15}|-\d{1,15})$/.test(range)) return undefined;
  const ifRange = headers["if-range"];
  if (ifRange === undefined) return range;
  if (!object) return undefined;
  const same = ifRange.startsWith('"') ? ifRange === object.etag : parseDate(ifRange) === seconds(object.lastModified);
  return same ? range : undefined;
}

/**
 * The preconditions of a write, in the form that S3 checks together with the write. S3 accepts one tag: of several, the
 * one that the file has.
 *
 * @throws HttpError 412 when no tag can match, 400 for a precondition that S3 does not have
 */
export async function writeConditions(
  { "if-match": ifMatch, "if-none-match": ifNoneMatch }: RequestHeaders,
  key: string,
  objects: Pick<ObjectStore, "head">,
): Promise<WriteConditions> {
  if (ifNoneMatch !== undefined && ifNoneMatch.trim() !== "*") {
    throw new HttpError(400, "UnsupportedPrecondition", "If-None-Match must be * in a request that changes a file.");
  }
  const noneMatch = ifNoneMatch === undefined ? {} : { ifNoneMatch: "*" };
  if (ifMatch === undefined) return noneMatch;
  if (ifMatch.trim() === "*") return { ...noneMatch, ifMatch: "*" };
  const tags = strongTags(ifMatch);
  const current = tags.length > 1 ? (await objects.head(key))?.etag : undefined;
  const tag = tags.length > 1 ? tags.find((candidate) => candidate === current) : tags[0];
  if (tag === undefined) throw preconditionFailed();
  return { ...noneMatch, ifMatch: tag };
}

/** The strong entity tags of a list. Weak ones never match in the strong comparison of `If-Match`. */
const strongTags = (list: string): readonly string[] =>
  [...list.matchAll(/(W\/)?("[^"]*")/g)].flatMap(([, weak, tag]) => (weak === undefined && tag ? [tag] : []));

/** Whether a list of entity tags contains this one. Weak tags match by their value; `*` matches any object. */
const matches = (list: string, etag: string): boolean =>
  list.trim() === "*" || [...list.matchAll(/"[^"]*"/g)].some(([tag]) => tag === etag);

/** HTTP dates have whole seconds. */
const seconds = (date: Date): number => Math.floor(date.getTime() / 1_000);
const parseDate = (text: string): number => Math.floor(Date.parse(text) / 1_000);
