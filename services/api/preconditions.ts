import { matchesStrongly, matchesWeakly } from "../../lib/http/entity-tags.ts";
import { parseHttpDate } from "../../lib/http/http-date.ts";
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

/**
 * Evaluates the preconditions of a request in the order of RFC 9110, section 13.2.2.
 *
 * @param object undefined when there is no such object
 */
export function evaluatePreconditions(headers: RequestHeaders, object: Validators | undefined): PreconditionOutcome {
  const [ifMatch, ifUnmodifiedSince, ifNoneMatch, ifModifiedSince] = names.map((name) => headers[name]);
  // NaN, from an invalid date or no object, compares as false: the header is ignored.
  const modified = object ? seconds(object.lastModified) : Number.NaN;
  if (ifMatch !== undefined) {
    if (!object || !matchesStrongly(ifMatch, object.etag)) return 412;
  } else if (ifUnmodifiedSince !== undefined && modified > parseHttpDate(ifUnmodifiedSince)) return 412;
  if (ifNoneMatch !== undefined) return object && matchesWeakly(ifNoneMatch, object.etag) ? 304 : "proceed";
  if (ifModifiedSince !== undefined && modified <= parseHttpDate(ifModifiedSince)) return 304;
  return "proceed";
}

/**
 * The range to serve: a single byte range, and only when `If-Range` matches the object. Multiple ranges, other units
 * and invalid values are ignored, as RFC 9110 allows, so that the whole object is served.
 *
 * @param object required to evaluate `If-Range`
 */
export function requestedRange(headers: RequestHeaders, object?: Validators): string | undefined {
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/i.exec(headers.range ?? "") ?? [];
  if (first === undefined || last === undefined || first + last === "") return undefined;
  if (first !== "" && last !== "" && Number(first) > Number(last)) return undefined;
  const range = `bytes=${first}-${last}`;
  const ifRange = headers["if-range"];
  if (ifRange === undefined) return range;
  if (!object) return undefined;
  const same = ifRange.startsWith('"')
    ? ifRange === object.etag
    : parseHttpDate(ifRange) === seconds(object.lastModified);
  return same ? range : undefined;
}

/**
 * The preconditions of a write, in the form that S3 checks together with the write: at most one, `*` or a single tag.
 * Others are evaluated against the current object, and the write then requires that it is still the current one.
 *
 * @throws HttpError 412
 */
export async function writeConditions(
  // Only reads have If-Modified-Since.
  { "if-modified-since": _, ...headers }: RequestHeaders,
  key: string,
  objects: Pick<ObjectStore, "head">,
): Promise<WriteConditions> {
  const given = names.filter((name) => headers[name] !== undefined);
  if (given.length === 0) return {};
  const [only] = given.length === 1 ? given : [];
  const value = headers[only ?? ""]?.trim() ?? "";
  if (only === "if-none-match" && value === "*") return { ifNoneMatch: "*" };
  if (only === "if-match" && (value === "*" || /^"[^"]*"$/.test(value))) return { ifMatch: value };
  const current = await objects.head(key);
  if (evaluatePreconditions(headers, current) !== "proceed") throw preconditionFailed();
  return current ? { ifMatch: current.etag } : { ifNoneMatch: "*" };
}

/** HTTP dates have whole seconds. */
const seconds = (date: Date): number => Math.floor(date.getTime() / 1_000);
