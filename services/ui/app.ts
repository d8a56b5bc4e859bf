import { matchesWeakly } from "../../lib/http/entity-tags.ts";
import { createHttpApp } from "../../lib/http/http-app.ts";
import type { ApiEvent, HttpRequest } from "../../lib/http/request.ts";
import { binaryResponse, emptyResponse, type HttpResponse } from "../../lib/http/response.ts";
import type { Log } from "../../lib/log/log.ts";
import type { Clock } from "../../lib/time/clock.ts";
import { Asset } from "./asset.ts";
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
}

/** The hash in its address identifies the content, so a browser never has to ask again. */
const IMMUTABLE = "public, max-age=31536000, immutable";

/** The page of the Files API and its assets. It contains no data: the script reads them from the API. */
export function createApp({ clock, log, ...options }: UiOptions): (event: ApiEvent) => Promise<HttpResponse> {
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

  const send = async (status: number, asset: Asset, request: HttpRequest, cacheControl: string) => {
    const { body, headers } = await asset.encode(request.headers["accept-encoding"]);
    return binaryResponse(status, body, { ...common, ...headers, "cache-control": cacheControl });
  };
  const sendPage = async (request: HttpRequest): Promise<HttpResponse> => {
    const etag = `"${page.hash}"`;
    const validators = { etag, "cache-control": "no-cache" };
    if (matchesWeakly(request.headers["if-none-match"] ?? "", etag))
      return emptyResponse(304, { ...common, ...validators });
    const response = await send(200, page, request, "no-cache");
    return { ...response, headers: { ...response.headers, ...validators } };
  };
  const handle = (request: HttpRequest): Promise<HttpResponse> => {
    if (request.path.replace(/\/$/, "") === "/ui") return sendPage(request);
    const asset = assets.get(request.path);
    return asset ? send(200, asset, request, IMMUTABLE) : send(404, notFound, request, "no-store");
  };
  return createHttpApp({ handle, clock, log });
}
