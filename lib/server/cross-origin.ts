import type { IncomingHttpHeaders } from "node:http";

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Whether a request was made by another site's page in somebody's browser. There is no session to steal here, but a visitor's browser
 * must not be made to change anything behind the visitor's back.
 *
 * Every current browser says where a request comes from, by `Sec-Fetch-Site`; older ones send `Origin` with a POST. What sends neither is
 * no browser, and nobody's page makes it do anything. No token is needed, and so none can leak or expire.
 * https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Sec-Fetch-Site
 */
export function isCrossOrigin(method: string, headers: IncomingHttpHeaders): boolean {
  if (SAFE_METHODS.has(method)) return false;
  const site = headers["sec-fetch-site"];
  if (site !== undefined) return site !== "same-origin" && site !== "none";
  const { origin, host } = headers;
  return origin !== undefined && hostOf(origin) !== host;
}

/** The scheme is left out: the load balancer may speak TLS with the browser, and does not with us. */
function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
