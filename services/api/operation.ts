import type { HttpRequest } from "../../lib/http/request.ts";
import type { HttpResponse } from "../../lib/http/response.ts";
import type { ObjectKey } from "../../lib/keys/object-key.ts";
import type { Principal } from "../../lib/users/principal.ts";
import type { GuardedOperation, PublicOperation } from "./routes.ts";

/**
 * Handles the requests of one operation, from callers that the access rule of the route allows. `keys` are those that
 * the rule concerns, in the path, the query or the body. What it throws becomes a problem response.
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
