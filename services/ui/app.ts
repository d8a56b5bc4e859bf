import { Asset, IMMUTABLE } from "../../lib/http/asset.ts";
import { createHttpApp } from "../../lib/http/http-app.ts";
import type { ApiEvent, HttpRequest } from "../../lib/http/request.ts";
import type { HttpResponse } from "../../lib/http/response.ts";
import type { Log } from "../../lib/log/log.ts";
import type { Clock } from "../../lib/time/clock.ts";
import type { Tracer } from "../../lib/tracing/tracer.ts";
import { renderNotFound, renderPage } from "./page.ts";
import { securityHeaders } from "./security-headers.ts";

export interface UiOptions {
  readonly script: string;
  readonly styles: string;
  readonly icon: string;
  /** The origin of presigned URLs. */
  readonly bucketOrigin: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly tracer: Tracer;
}

/** The page of the Files API and its assets. It contains no data: the script reads them from the API. */
export function createApp({ clock, log, tracer, ...options }: UiOptions): (event: ApiEvent) => Promise<HttpResponse> {
  const common = securityHeaders(options.bucketOrigin);
  const script = new Asset("text/javascript; charset=utf-8", options.script);
  const styles = new Asset("text/css; charset=utf-8", options.styles);
  const icon = new Asset("image/svg+xml", options.icon);
  const addresses = {
    script: `/ui/assets/page-${script.hash}.js`,
    styles: `/ui/assets/page-${styles.hash}.css`,
    icon: `/ui/assets/icon-${icon.hash}.svg`,
  };
  const assets = new Map([
    [addresses.script, script],
    [addresses.styles, styles],
    [addresses.icon, icon],
  ]);
  const page = new Asset("text/html; charset=utf-8", renderPage(addresses));
  const notFound = new Asset("text/html; charset=utf-8", renderNotFound(addresses));

  const handle = (request: HttpRequest): Promise<HttpResponse> => {
    if (request.path.replace(/\/$/, "") === "/ui") {
      return page.respond(request, { ...common, "cache-control": "no-cache" });
    }
    const asset = assets.get(request.path);
    return asset
      ? asset.respond(request, { ...common, "cache-control": IMMUTABLE })
      : notFound.respond(request, { ...common, "cache-control": "no-store" }, 404);
  };
  return createHttpApp({ handle, clock, log, tracer });
}
