import * as v from "valibot";
import { wholeNumber } from "./query-parameters.ts";

/** Seconds that a presigned URL is valid; short, because the URL is a credential. */
export const DEFAULT_EXPIRY = 300;
export const MAX_EXPIRY = 900;

/** The expiry that a caller chooses. */
export const expiryQuery = v.object({
  expires: v.optional(wholeNumber(1, MAX_EXPIRY, " of seconds"), String(DEFAULT_EXPIRY)),
});
