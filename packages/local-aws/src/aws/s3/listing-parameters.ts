import { invalidArgument } from "./errors.ts";
import { encodeKey } from "./names.ts";
import { numberParameter } from "./parameters.ts";

/** The default and the maximum number of items per page. */
const MAX_PAGE = 1000;

export interface ListingParameters {
  readonly prefix: string;
  readonly delimiter: string;
  readonly maximum: number;
  /** Encodes names for the response: unchanged, or URL-encoded because XML does not support all characters. */
  readonly encode: (text: string) => string;
}

/**
 * The parameters that all listings share.
 *
 * @param maximumName the parameter with the page size, such as `max-keys`.
 */
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

/** The request parameters that a response repeats. */
export function echoedParameters(query: URLSearchParams, encode: (text: string) => string): object {
  const delimiter = query.get("delimiter");
  return {
    Delimiter: delimiter ? encode(delimiter) : undefined,
    EncodingType: query.get("encoding-type") ?? undefined,
  };
}
