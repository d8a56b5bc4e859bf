import { HttpError } from "../http/http-error.ts";
import type { Authenticator } from "./authenticator.ts";
import { parseAuthorization } from "./authorization-header.ts";
import type { Authentication, Principal } from "./principal.ts";
import { OpenIdProviderUnavailableError } from "./provider-reader.ts";
import { invalidCredentials, tooManyFailedSignIns, unauthenticated } from "./sign-in-errors.ts";
import { FAILURE_WINDOW_SECONDS } from "./sign-in-limit.ts";
import { UserStoreUnavailableError } from "./user-store.ts";

/**
 * Signs in the caller of a request, with credentials that are verified now.
 *
 * @param authorization the `Authorization` header
 * @param address of the client
 * @throws HttpError 401, 429 after too many failures, or 503 when the credentials cannot be verified
 */
export async function signIn(
  authenticator: Pick<Authenticator, "authenticate">,
  authorization: string | undefined,
  address: string,
): Promise<Principal> {
  if (authorization === undefined) throw unauthenticated();
  const credentials = parseAuthorization(authorization);
  const authentication = await authenticator.authenticate(credentials, address).catch(rejectUnverified);
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
