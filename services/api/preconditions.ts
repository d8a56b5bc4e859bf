import type { HttpRequest } from "../../lib/http/request.ts";
import type { ObjectMetadata } from "../../lib/objects/object-store.ts";

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
    if (!matches(ifMatch, object.etag)) return 412;
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

/** Whether a list of entity tags contains this one. Weak tags match by their value; `*` matches any object. */
const matches = (list: string, etag: string): boolean =>
  list.trim() === "*" || [...list.matchAll(/"[^"]*"/g)].some(([tag]) => tag === etag);

/** HTTP dates have whole seconds. */
const seconds = (date: Date): number => Math.floor(date.getTime() / 1_000);
const parseDate = (text: string): number => Math.floor(Date.parse(text) / 1_000);
