import type { IncomingHttpHeaders } from "node:http";

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Whether a state-changing request was made by a page of another origin (cross-site request forgery). There are no
 * sessions, but another site must not be able to change anything through a visitor's browser.
 *
 * Current browsers send `Sec-Fetch-Site`, and older ones send `Origin` with a POST. A client that sends neither is not
 * a browser. This needs no token, which could leak or expire.
 * https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Sec-Fetch-Site
 */
export function isCrossOrigin(method: string, headers: IncomingHttpHeaders): boolean {
  if (SAFE_METHODS.has(method)) return false;
  const site = headers["sec-fetch-site"];
  if (site !== undefined) return site !== "same-origin" && site !== "none";
  const { origin, host } = headers;
  return origin !== undefined && hostOf(origin) !== host;
}

/** Without the scheme, which the service cannot determine, because the load balancer may terminate TLS. */
function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
