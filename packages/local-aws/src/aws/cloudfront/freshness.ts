import type { HeaderValues } from "../../http/buffered-response.ts";
import type { CachePolicy } from "./cache-policy.ts";

/** The directives of `Cache-Control`, with the empty string for those without a value. */
export function cacheControl(headers: HeaderValues): ReadonlyMap<string, string> {
  const directives = String(headers["cache-control"] ?? "")
    .split(",")
    .map((directive): [string, string] => {
      const [name = "", value = ""] = directive.trim().split("=", 2);
      return [name.toLowerCase(), value.replaceAll('"', "")];
    });
  return new Map(directives.filter(([name]) => name !== ""));
}

/**
 * Seconds for which a response is fresh; undefined if it must not be cached. The headers of the origin apply within the
 * limits of the policy:
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Expiration.html#ExpirationDownloadDist
 */
export function lifetime(
  headers: HeaderValues,
  policy: Pick<CachePolicy, "minimumTtl" | "defaultTtl" | "maximumTtl">,
  now: number,
): number | undefined {
  const { minimumTtl, defaultTtl, maximumTtl } = policy;
  const directives = cacheControl(headers);
  const isPrivate = directives.has("no-store") || directives.has("private");
  if (minimumTtl === 0 && isPrivate) return undefined;
  if (isPrivate || directives.has("no-cache")) return minimumTtl;
  const seconds = originLifetime(headers, now);
  return Math.max(minimumTtl, Math.min(seconds ?? defaultTtl, maximumTtl));
}

/** Seconds from the headers of the origin: `s-maxage`, else `max-age`, else `Expires`. */
export function originLifetime(headers: HeaderValues, now: number): number | undefined {
  const directives = cacheControl(headers);
  const age = directives.get("s-maxage") ?? directives.get("max-age");
  if (age !== undefined && /^\d+$/.test(age)) return Number(age);
  if (headers.expires === undefined) return undefined;
  const expires = Date.parse(String(headers.expires));
  return Number.isNaN(expires) ? 0 : Math.max(0, (expires - now) / 1000);
}

/**
 * Seconds after its expiration for which a response is still served while the origin fails. Without directives it is
 * served for the whole failure:
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html
 */
export function staleIfError(headers: HeaderValues): number {
  const directives = cacheControl(headers);
  const seconds = directives.get("stale-if-error");
  if (seconds !== undefined && /^\d+$/.test(seconds)) return Number(seconds);
  return directives.has("must-revalidate") || directives.has("proxy-revalidate") ? 0 : Number.POSITIVE_INFINITY;
}
