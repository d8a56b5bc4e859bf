import { HttpError } from "../../../lib/http/http-error.ts";
import { emptyResponse, jsonResponse } from "../../../lib/http/response.ts";
import { parseAuthorization } from "../../../lib/users/authorization-header.ts";
import type { UserDirectory } from "../../../lib/users/user-directory.ts";
import { actorOf, NO_STORE, type OperationHandler } from "../operation.ts";

/**
 * `POST /api/session`: a token that is valid for up to 15 minutes, for programs that must not keep the password, such
 * as web pages. A session can be renewed by itself for 12 hours.
 */
export const createSession =
  (directory: Pick<UserDirectory, "addSession">): OperationHandler =>
  async (request, principal) => {
    const created = await directory.addSession(actorOf(request, principal), principal);
    if (!created) throw new HttpError(403, "PasswordRequired", "Sign in with the password to start a session.");
    const { session, token } = created;
    const expires = new Date(session.expiresAt).toISOString();
    const expires_in = Math.floor((session.expiresAt - session.createdAt) / 1_000);
    return jsonResponse(201, { token, expires, expires_in }, NO_STORE);
  };

/** `DELETE /api/session`: ends the session of the request. */
export const endSession =
  (directory: Pick<UserDirectory, "endSession">): OperationHandler =>
  async (request, principal) => {
    const credentials = parseAuthorization(request.headers.authorization);
    if (principal.method !== "session" || credentials?.scheme !== "bearer") {
      throw new HttpError(400, "NoSession", "The request was not made with a session.");
    }
    await directory.endSession(actorOf(request, principal), principal, credentials.token);
    return emptyResponse(204, NO_STORE);
  };
