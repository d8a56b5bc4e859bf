import { invalidArgument } from "./errors.ts";
import { checkHeaderValue } from "./header-value.ts";
import type { S3Request } from "./request.ts";

/** The response headers that a signed read may ask to have replaced, by `response-<header>`. */
const REPLACEABLE_HEADERS = [
  "cache-control",
  "content-disposition",
  "content-encoding",
  "content-language",
  "content-type",
  "expires",
];

/** A number in the query, as `partNumber` or `max-keys` are; undefined when it is not there. */
export function numberParameter(
  query: URLSearchParams,
  name: string,
  { minimum, maximum }: { readonly minimum: number; readonly maximum: number },
): number | undefined {
  const value = query.get(name);
  if (value === null) return undefined;
  const number = /^-?\d+$/.test(value) ? Number(value) : Number.NaN;
  if (number >= minimum && number <= maximum) return number;
  throw invalidArgument(`Argument ${name} must be an integer between ${minimum} and ${maximum}`, name, value);
}

export function replacedHeaders({ query }: S3Request): Readonly<Record<string, string>> {
  const replaced: Record<string, string> = {};
  for (const name of REPLACEABLE_HEADERS) {
    const value = query.get(`response-${name}`);
    if (value === null) continue;
    checkHeaderValue(`response-${name}`, value);
    replaced[name] = value;
  }
  return replaced;
}
