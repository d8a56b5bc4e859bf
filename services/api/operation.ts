import { HttpProblem } from "../../lib/http/problem.ts";
import type { HttpRequest } from "../../lib/http/request.ts";
import type { HttpResponse } from "../../lib/http/response.ts";
import { type ObjectKey, parseObjectKey } from "../../lib/keys/object-key.ts";

/** Answers one kind of request; what it throws becomes a problem. */
export type OperationHandler = (request: HttpRequest) => Promise<HttpResponse>;

/**
 * The key of a `{key+}` route, decoded once by API Gateway and not again.
 *
 * @throws InvalidKeyError
 */
export const requestedKey = ({ pathParameters }: HttpRequest): ObjectKey => parseObjectKey(pathParameters.key ?? "");

/** Seconds that a presigned URL lasts; short, because whoever has it needs no password. */
export const DEFAULT_EXPIRY = 300;
const MAX_EXPIRY = 900;

/**
 * The `expires` of a presigned URL.
 *
 * @throws HttpProblem 400
 */
export function requestedExpiry({ query }: HttpRequest): number {
  const text = query.get("expires");
  if (text === null) return DEFAULT_EXPIRY;
  const seconds = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (seconds >= 1 && seconds <= MAX_EXPIRY) return seconds;
  const detail = `The query parameter expires must be a whole number of seconds from 1 to ${MAX_EXPIRY}.`;
  throw new HttpProblem(400, "InvalidParameter", detail, { extensions: { parameter: "expires" } });
}
