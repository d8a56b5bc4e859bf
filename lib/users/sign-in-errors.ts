import { HttpError } from "../http/http-error.ts";

/** Sent with 401, so that browsers and other clients ask for credentials (RFC 7617, RFC 6750). */
const CHALLENGE = { "www-authenticate": 'Basic realm="Files", charset="UTF-8", Bearer realm="Files"' };

/** The request has no credentials. */
export const unauthenticated = (): HttpError =>
  new HttpError(401, "Unauthenticated", "Sign in to use this address.", { headers: CHALLENGE });

/** The reason is not revealed: an unknown user, a wrong password, a disabled user, an expired key, … */
export const invalidCredentials = (detail = "The credentials are wrong or no longer valid."): HttpError =>
  new HttpError(401, "InvalidCredentials", detail, { headers: CHALLENGE });

/** @param seconds until the caller can try again */
export const tooManyFailedSignIns = (seconds: number): HttpError =>
  new HttpError(429, "TooManyFailedSignIns", `Too many failed attempts to sign in. Try again in ${seconds} seconds.`, {
    headers: { "retry-after": String(seconds) },
  });
