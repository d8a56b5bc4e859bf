import type { CachePolicy } from "./model.ts";

/** An origin's headers, names in lower case. */
export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What `Cache-Control` says: directive → its value, empty for those without one. */
export function cacheControl(headers: Headers): ReadonlyMap<string, string> {
  const directives = String(headers["cache-control"] ?? "")
    .split(",")
    .map((directive): [string, string] => {
      const [name = "", value = ""] = directive.trim().split("=", 2);
      return [name.toLowerCase(), value.replaceAll('"', "")];
    });
  return new Map(directives.filter(([name]) => name !== ""));
}

/**
 * Seconds for which an answer is shown without asking again; undefined when it is not kept at all. The origin's word counts within the
 * policy's bounds: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Expiration.html#ExpirationDownloadDist
 */
export function lifetime(
  headers: Headers,
  policy: Pick<CachePolicy, "minimumTtl" | "defaultTtl" | "maximumTtl">,
  now: number,
): number | undefined {
  const { minimumTtl, defaultTtl, maximumTtl } = policy;
  const directives = cacheControl(headers);
  const isPrivate = directives.has("no-store") || directives.has("private");
  if (minimumTtl === 0 && isPrivate) return undefined;
  if (isPrivate || directives.has("no-cache")) return minimumTtl;
  const told = toldLifetime(headers, now);
  return Math.max(minimumTtl, Math.min(told ?? defaultTtl, maximumTtl));
}

/** What the origin itself says: `s-maxage`, else `max-age`, else `Expires`. */
export function toldLifetime(headers: Headers, now: number): number | undefined {
  const directives = cacheControl(headers);
  const age = directives.get("s-maxage") ?? directives.get("max-age");
  if (age !== undefined && /^\d+$/.test(age)) return Number(age);
  if (headers.expires === undefined) return undefined;
  const expires = Date.parse(String(headers.expires));
  return Number.isNaN(expires) ? 0 : Math.max(0, (expires - now) / 1000);
}

/**
 * Seconds past its time for which an answer is still shown while the origin fails. Without a word about it CloudFront shows it as long as
 * the failure lasts: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html
 */
export function staleIfError(headers: Headers): number {
  const directives = cacheControl(headers);
  const told = directives.get("stale-if-error");
  if (told !== undefined && /^\d+$/.test(told)) return Number(told);
  return directives.has("must-revalidate") || directives.has("proxy-revalidate") ? 0 : Number.POSITIVE_INFINITY;
}
