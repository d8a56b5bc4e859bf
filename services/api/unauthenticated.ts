import { HttpError } from "../../lib/http/http-error.ts";

/** The response to a caller without valid credentials. A browser prompts for them. */
export const unauthenticated = (): HttpError =>
  new HttpError(401, "Unauthenticated", "Sign in to use this address.", {
    headers: { "www-authenticate": 'Basic realm="Files", charset="UTF-8"' },
  });
