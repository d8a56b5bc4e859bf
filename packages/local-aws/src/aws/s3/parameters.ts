import { invalidArgument } from "./errors.ts";
import { checkHeaderValue } from "./header-value.ts";
import type { S3Request } from "./request.ts";

/** Response headers that a signed read can override with `response-<header>`. */
export const OVERRIDABLE_HEADERS = [
  "cache-control",
  "content-disposition",
  "content-encoding",
  "content-language",
  "content-type",
  "expires",
];

/**
 * A number in the query, such as `partNumber` or `max-keys`; undefined when absent. @throws AwsError `InvalidArgument`.
 */
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

/** The response headers that the query overrides. @throws AwsError `InvalidArgument`. */
export function overriddenHeaders({ query }: S3Request): Readonly<Record<string, string>> {
  const overridden: Record<string, string> = {};
  for (const name of OVERRIDABLE_HEADERS) {
    const value = query.get(`response-${name}`);
    if (value === null) continue;
    checkHeaderValue(`response-${name}`, value);
    overridden[name] = value;
  }
  return overridden;
}
