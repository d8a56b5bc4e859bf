import { HttpError } from "../../lib/http/http-error.ts";
import type { ServerRequest } from "../../lib/server/request.ts";
import type { Authenticator } from "../../lib/users/authenticator.ts";
import { parseAuthorization } from "../../lib/users/authorization-header.ts";
import type { Authentication, Principal } from "../../lib/users/principal.ts";
import { OpenIdProviderUnavailableError } from "../../lib/users/provider-reader.ts";
import { FAILURE_WINDOW_SECONDS } from "../../lib/users/sign-in-limit.ts";
import { UserStoreUnavailableError } from "../../lib/users/user-store.ts";

/** The same as that of the Files API, whose users these are. */
const CHALLENGE = { "www-authenticate": 'Basic realm="Files", charset="UTF-8", Bearer realm="Files"' };

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
  if (authorization === undefined) {
    throw new HttpError(401, "Unauthenticated", "Sign in as an administrator of Files.", { headers: CHALLENGE });
  }
  const credentials = parseAuthorization(authorization);
  const authentication = await authenticator.authenticate(credentials, clientAddress).catch(rejectUnverified);
  switch (authentication.outcome) {
    case "authenticated":
      return authentication.principal;
    case "limited":
      // The window began with the first failure, so this is the longest time that it can last.
      throw new HttpError(
        429,
        "TooManyFailedSignIns",
        `Too many failed attempts to sign in. Try again in ${FAILURE_WINDOW_SECONDS / 60} minutes.`,
        { headers: { "retry-after": String(FAILURE_WINDOW_SECONDS) } },
      );
    case "rejected": {
      const what = credentials?.scheme === "basic" ? "The user name or the password is wrong." : INVALID;
      throw new HttpError(401, "InvalidCredentials", what, { headers: CHALLENGE });
    }
  }
}

const INVALID = "The credentials are wrong or no longer valid.";

function rejectUnverified(error: unknown): Authentication {
  if (!(error instanceof UserStoreUnavailableError || error instanceof OpenIdProviderUnavailableError)) throw error;
  throw new HttpError(503, error.code, "Signing in is not possible at the moment. Try again.", {
    cause: error,
    headers: { "retry-after": "5" },
  });
}
