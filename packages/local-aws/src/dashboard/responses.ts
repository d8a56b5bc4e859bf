import type { ServerResponse } from "node:http";

/** Of every response: nothing from elsewhere, nothing inline, no frame, no cache, no address in a Referer. */
export const SECURITY_HEADERS = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "cache-control": "no-store",
} as const;

export type ContentType = "text/html" | "text/css" | "text/javascript" | "application/json" | "image/svg+xml";

export function respond(
  response: ServerResponse,
  status: number,
  type: ContentType,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { ...SECURITY_HEADERS, "content-type": `${type}; charset=utf-8`, ...headers }).end(body);
}

export function redirect(response: ServerResponse, location: string, headers: Readonly<Record<string, string>>): void {
  response.writeHead(303, { ...SECURITY_HEADERS, location, ...headers }).end();
}
