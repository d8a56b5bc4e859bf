import { HttpError } from "../../lib/http/http-error.ts";
import type { ServerRequest } from "../../lib/server/request.ts";
import type { Authenticator } from "../../lib/users/authenticator.ts";
import { parseAuthorization } from "../../lib/users/authorization-header.ts";
import type { Authentication, Principal } from "../../lib/users/principal.ts";
import { OpenIdProviderUnavailableError } from "../../lib/users/provider-reader.ts";
import { invalidCredentials, tooManyFailedSignIns, unauthenticated } from "../../lib/users/sign-in-errors.ts";
import { FAILURE_WINDOW_SECONDS } from "../../lib/users/sign-in-limit.ts";
import { UserStoreUnavailableError } from "../../lib/users/user-store.ts";

/**
 * Signs in the caller of a request, with the codes of the Files API.
 *
 * @throws HttpError 401, 429 after too many failures, or 503 when the credentials cannot be verified
 */
export async function signIn(
  authenticator: Pick<Authenticator, "authenticate">,
  { headers, clientAddress }: ServerRequest,
): Promise<Principal> {
  const { authorization } = headers;
  if (authorization === undefined) throw unauthenticated();
  const credentials = parseAuthorization(authorization);
  const authentication = await authenticator.authenticate(credentials, clientAddress).catch(rejectUnverified);
  switch (authentication.outcome) {
    case "authenticated":
      return authentication.principal;
    case "limited":
      throw tooManyFailedSignIns(FAILURE_WINDOW_SECONDS); // The longest time that the window can last.
    case "rejected":
      throw credentials?.scheme === "basic"
        ? invalidCredentials("The user name or the password is wrong.")
        : invalidCredentials();
  }
}

function rejectUnverified(error: unknown): Authentication {
  if (!(error instanceof UserStoreUnavailableError || error instanceof OpenIdProviderUnavailableError)) throw error;
  throw new HttpError(503, error.code, "Signing in is not possible at the moment. Try again.", {
    cause: error,
    headers: { "retry-after": "5" },
  });
}
