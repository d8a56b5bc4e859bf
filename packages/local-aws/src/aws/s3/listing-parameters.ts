import { invalidArgument } from "./errors.ts";
import { encodeKey } from "./names.ts";
import { numberParameter } from "./parameters.ts";

/** S3 lists at most this many names a page, and as many when not asked otherwise. */
const MAX_PAGE = 1000;

export interface ListingParameters {
  readonly prefix: string;
  readonly delimiter: string;
  readonly maximum: number;
  /** How names are written in the answer: as they are, or URL-encoded because XML cannot hold every character. */
  readonly encode: (text: string) => string;
}

/** The parameters that all listings share. `maximumName` is `max-keys` or its like. */
export function listingParameters(query: URLSearchParams, maximumName: string): ListingParameters {
  const encoding = query.get("encoding-type");
  if (encoding !== null && encoding !== "url") {
    throw invalidArgument("Invalid Encoding Method specified in Request", "encoding-type", encoding);
  }
  const maximum = numberParameter(query, maximumName, { minimum: 0, maximum: 2 ** 31 - 1 }) ?? MAX_PAGE;
  return {
    prefix: query.get("prefix") ?? "",
    delimiter: query.get("delimiter") ?? "",
    maximum: Math.min(maximum, MAX_PAGE),
    encode: encoding === "url" ? encodeKey : (text) => text,
  };
}

/** What an answer repeats of the question, where it was asked. */
export function echo(query: URLSearchParams, encode: (text: string) => string): object {
  const delimiter = query.get("delimiter");
  return {
    Delimiter: delimiter ? encode(delimiter) : undefined,
    EncodingType: query.get("encoding-type") ?? undefined,
  };
}
