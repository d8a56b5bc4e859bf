import { createHttpApp, type HttpHandler } from "../../lib/http/http-app.ts";
import { HttpError } from "../../lib/http/http-error.ts";
import type { ApiEvent } from "../../lib/http/request.ts";
import { type HttpResponse, jsonResponse } from "../../lib/http/response.ts";
import type { Log } from "../../lib/log/log.ts";
import type { Clock } from "../../lib/time/clock.ts";
import type { Tracer } from "../../lib/tracing/tracer.ts";
import type { BuildInfo } from "./build-info.ts";
import { type Operation, routeKey, routes } from "./routes.ts";

const operationsByRoute: ReadonlyMap<string, Operation> = new Map(
  routes.map((route) => [routeKey(route), route.operation]),
);

/** Another version may respond to the next request. */
const NO_STORE = { "cache-control": "no-store" };

/** The API as one function of an event. */
export function createApp(
  build: BuildInfo,
  clock: Clock,
  log: Log,
  tracer: Tracer,
): (event: ApiEvent) => Promise<HttpResponse> {
  const { type, short, long, time, modified } = build;
  const operations: Readonly<Record<Operation, HttpHandler>> = {
    greet: () => ({
      statusCode: 200,
      headers: { "content-type": "text/plain; charset=utf-8", ...NO_STORE },
      body: "Hello, World!",
    }),
    "show-build-info": () => jsonResponse(200, { type, short, long, time, modified }, NO_STORE),
    "reject-path": () => {
      throw new HttpError(404, "RouteNotFound", "There is nothing at this address.");
    },
  };
  return createHttpApp({
    handle: async (request) => operations[operationsByRoute.get(request.routeKey) ?? "reject-path"](request),
    clock,
    log,
    tracer,
  });
}
