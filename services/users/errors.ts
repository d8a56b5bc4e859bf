import { HttpError } from "../../lib/http/http-error.ts";
import { UserError, type UserErrorCode } from "../../lib/users/user-error.ts";
import { UserStoreUnavailableError } from "../../lib/users/user-store.ts";

/** The status of the errors that are not 400. */
const statuses: Partial<Record<UserErrorCode, number>> = {
  UserNotFound: 404,
  KeyNotFound: 404,
  UserExists: 409,
  LastAdministrator: 409,
  TooManyKeys: 409,
  GrantTooWide: 403,
  ConcurrentChange: 503,
};

/** Seconds. */
const RETRY_LATER = { "retry-after": "2" } as const;

/** The responses to errors of the users and of their tables. */
export function translateError(error: unknown): HttpError | undefined {
  if (error instanceof UserError) {
    const status = statuses[error.code] ?? 400;
    return new HttpError(status, error.code, error.message, status === 503 ? { headers: RETRY_LATER } : {});
  }
  if (error instanceof UserStoreUnavailableError) {
    return new HttpError(503, error.code, "The user table does not respond. Try again.", {
      headers: RETRY_LATER,
      cause: error,
    });
  }
  return undefined;
}
