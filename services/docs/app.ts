import { createHash } from "node:crypto";
import { matchesWeakly } from "../../lib/http/entity-tags.ts";
import { createHttpApp, type HttpHandler } from "../../lib/http/http-app.ts";
import { HttpError } from "../../lib/http/http-error.ts";
import type { ApiEvent } from "../../lib/http/request.ts";
import { emptyResponse, type HttpResponse } from "../../lib/http/response.ts";
import type { Log } from "../../lib/log/log.ts";
import type { Clock } from "../../lib/time/clock.ts";
import { type Operation, routeKey, routes } from "./routes.ts";

const operationsByRoute: ReadonlyMap<string, Operation> = new Map(
  routes.map((route) => [routeKey(route), route.operation]),
);

/** The description of the API as one function of an event. */
export function createApp(document: object, clock: Clock, log: Log): (event: ApiEvent) => Promise<HttpResponse> {
  const operations: Readonly<Record<Operation, HttpHandler>> = { "get-document": serveDocument(document) };
  const handle: HttpHandler = (request) => {
    const operation = operationsByRoute.get(request.routeKey);
    if (!operation) throw new HttpError(404, "RouteNotFound", "There is nothing at this address.");
    return operations[operation](request);
  };
  return createHttpApp({ handle, clock, log });
}

/** `GET /api/openapi.json` */
function serveDocument(document: object): HttpHandler {
  const body = JSON.stringify(document);
  const etag = `"${createHash("sha256").update(body).digest("base64url")}"`;
  const headers = {
    "cache-control": "public, max-age=300",
    etag,
    // Editors and generators on other origins may read what is public.
    "access-control-allow-origin": "*",
  };
  return ({ headers: { "if-none-match": sent = "" } }) => {
    if (matchesWeakly(sent, etag)) return emptyResponse(304, headers);
    return { statusCode: 200, headers: { "content-type": "application/json", ...headers }, body };
  };
}
