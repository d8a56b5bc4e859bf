import type { HttpRequest } from "../../lib/http/request.ts";
import type { HttpResponse } from "../../lib/http/response.ts";
import type { Principal } from "../../lib/users/principal.ts";
import type { Actor } from "../../lib/users/user-directory.ts";

/** Handles the requests of one operation. What it throws becomes a problem response. */
export type OperationHandler = (request: HttpRequest, principal: Principal) => Promise<HttpResponse>;

/** Responses contain passwords, tokens and personal data. */
export const NO_STORE = { "cache-control": "no-store" } as const;

export const actorOf = ({ sourceIp, id }: HttpRequest, { user }: Principal): Actor => ({
  who: user,
  from: sourceIp,
  requestId: id,
});

/** The user in the path, or the caller. */
export const requestedUser = ({ pathParameters }: HttpRequest, { user }: Principal): string =>
  pathParameters.user ?? user;
