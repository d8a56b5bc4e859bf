import { Asset, IMMUTABLE } from "../../lib/http/asset.ts";
import { createHttpApp, type HttpHandler } from "../../lib/http/http-app.ts";
import { HttpError } from "../../lib/http/http-error.ts";
import type { ApiEvent } from "../../lib/http/request.ts";
import type { HttpResponse } from "../../lib/http/response.ts";
import type { Log } from "../../lib/log/log.ts";
import type { Clock } from "../../lib/time/clock.ts";
import type { Tracer } from "../../lib/tracing/tracer.ts";
import { renderPage } from "./page.ts";
import { securityHeaders } from "./security-headers.ts";

export interface DocsOptions {
  /** The OpenAPI document. */
  readonly document: object;
  readonly script: string;
  readonly styles: string;
  /** The origin of presigned URLs. */
  readonly bucketOrigin: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly tracer: Tracer;
}

/** Editors and generators on other origins may read what is public. */
const DOCUMENT_HEADERS = { "cache-control": "public, max-age=300", "access-control-allow-origin": "*" };

/** The description of the API, for programs and as a page, as one function of an event. */
export function createApp({ clock, log, tracer, ...options }: DocsOptions): (event: ApiEvent) => Promise<HttpResponse> {
  const document = new Asset("application/json", JSON.stringify(options.document));
  const script = new Asset("text/javascript; charset=utf-8", options.script);
  const styles = new Asset("text/css; charset=utf-8", options.styles);
  const addresses = { script: `/api/docs/${script.hash}.js`, styles: `/api/docs/${styles.hash}.css` };
  const page = new Asset("text/html; charset=utf-8", renderPage(addresses));
  const pageHeaders = securityHeaders(options.bucketOrigin);
  const immutable = { ...pageHeaders, "cache-control": IMMUTABLE };
  const paths = new Map<string, HttpHandler>([
    ["/api/openapi.json", (request) => document.respond(request, DOCUMENT_HEADERS)],
    ["/docs", (request) => page.respond(request, { ...pageHeaders, "cache-control": "no-cache" })],
    [addresses.script, (request) => script.respond(request, immutable)],
    [addresses.styles, (request) => styles.respond(request, immutable)],
  ]);
  const handle: HttpHandler = (request) => {
    const respond = paths.get(request.path);
    if (!respond) throw new HttpError(404, "RouteNotFound", "There is nothing at this address.");
    return respond(request);
  };
  return createHttpApp({ handle, clock, log, tracer });
}
