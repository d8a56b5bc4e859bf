import * as v from "valibot";
import { readQuery } from "../../lib/http/query.ts";
import type { HttpRequest } from "../../lib/http/request.ts";
import type { HttpResponse } from "../../lib/http/response.ts";
import { type ObjectKey, parseObjectKey } from "../../lib/keys/object-key.ts";
import type { Principal } from "../../lib/users/principal.ts";
import type { GuardedOperation, PublicOperation } from "./routes.ts";

/**
 * Handles the requests of one operation, from callers that the access rule of the route allows. `keys` are those that
 * the rule concerns. What it throws becomes a problem response.
 */
export type OperationHandler = (
  request: HttpRequest,
  principal: Principal,
  ...keys: readonly ObjectKey[]
) => Promise<HttpResponse>;

/** Handles the requests of an operation that needs no sign-in. */
export type PublicOperationHandler = (request: HttpRequest) => Promise<HttpResponse>;

/** The implementation of every operation. */
export type Operations = Readonly<
  Record<GuardedOperation, OperationHandler> & Record<PublicOperation, PublicOperationHandler>
>;

/**
 * The key of a `{key+}` route, which API Gateway has decoded.
 *
 * @throws InvalidKeyError
 */
export const requestedKey = ({ pathParameters }: HttpRequest): ObjectKey => parseObjectKey(pathParameters.key ?? "");

/** Seconds that a presigned URL is valid; short, because the URL is a credential. */
export const DEFAULT_EXPIRY = 300;
export const MAX_EXPIRY = 900;

const expiryMessage = `a whole number of seconds from 1 to ${MAX_EXPIRY}`;

export const expiryQuery = v.object({
  expires: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^\d{1,3}$/, expiryMessage),
      v.toNumber(),
      v.minValue(1, expiryMessage),
      v.maxValue(MAX_EXPIRY, expiryMessage),
    ),
    String(DEFAULT_EXPIRY),
  ),
});

/**
 * The query parameter `expires` of a presigned URL, in seconds.
 *
 * @throws HttpError 400
 */
export const requestedExpiry = (request: HttpRequest): number => readQuery(request, expiryQuery).expires;
