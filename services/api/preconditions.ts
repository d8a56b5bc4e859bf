import type { HttpRequest } from "../../lib/http/request.ts";
import type { ObjectMetadata } from "../../lib/objects/object-store.ts";

type Headers = HttpRequest["headers"];
type Validators = Pick<ObjectMetadata, "etag" | "lastModified">;

/** What a request's preconditions say: serve it, or answer with this status instead. */
export type Verdict = "proceed" | 304 | 412;

const names = ["if-match", "if-unmodified-since", "if-none-match", "if-modified-since"] as const;

/** Whether the object's validators must be known before it is served. */
export const hasPreconditions = (headers: Headers): boolean =>
  [...names, "if-range"].some((name) => headers[name] !== undefined);

/** Evaluates the preconditions of a GET or HEAD in the order of RFC 9110, section 13.2.2. */
export function evaluatePreconditions(headers: Headers, object: Validators): Verdict {
  const [ifMatch, ifUnmodifiedSince, ifNoneMatch, ifModifiedSince] = names.map((name) => headers[name]);
  if (ifMatch !== undefined) {
    if (!listed(ifMatch, object.etag)) return 412;
  } else if (ifUnmodifiedSince !== undefined && seconds(object.lastModified) > parseDate(ifUnmodifiedSince)) return 412;
  if (ifNoneMatch !== undefined) return listed(ifNoneMatch, object.etag) ? 304 : "proceed";
  // NaN, from a date that cannot be read, compares as false: the header is ignored.
  if (ifModifiedSince !== undefined && seconds(object.lastModified) <= parseDate(ifModifiedSince)) return 304;
  return "proceed";
}

/**
 * The range to serve: one range of bytes, and only when `If-Range` agrees that the object is still the same. Several ranges, other
 * units and nonsense are ignored, as RFC 9110 allows, so that the whole is served.
 *
 * @param object unknown when there is no `If-Range`
 */
export function requestedRange(headers: Headers, object?: Validators): string | undefined {
  const range = headers.range;
  if (range === undefined || !/^bytes=(\d{1,15}-\d{0,15}|-\d{1,15})$/.test(range)) return undefined;
  const ifRange = headers["if-range"];
  if (ifRange === undefined) return range;
  if (!object) return undefined;
  const same = ifRange.startsWith('"') ? ifRange === object.etag : parseDate(ifRange) === seconds(object.lastModified);
  return same ? range : undefined;
}

/** Whether a list of entity tags holds this one; weak tags compare by what they quote, `*` matches any object. */
const listed = (list: string, etag: string): boolean =>
  list.trim() === "*" || [...list.matchAll(/"[^"]*"/g)].some(([tag]) => tag === etag);

/** HTTP dates have whole seconds. */
const seconds = (date: Date): number => Math.floor(date.getTime() / 1_000);
const parseDate = (text: string): number => Math.floor(Date.parse(text) / 1_000);
