import { createHttpApp, type HttpHandler } from "../../lib/http/http-app.ts";
import { HttpProblem } from "../../lib/http/problem.ts";
import type { ApiEvent } from "../../lib/http/request.ts";
import { type HttpResponse, jsonResponse } from "../../lib/http/response.ts";
import type { Log } from "../../lib/log/log.ts";
import type { Clock } from "../../lib/time/clock.ts";
import type { BuildInfo } from "./build-info.ts";
import { type Operation, routeKey, routes } from "./routes.ts";

const operationsByRoute: ReadonlyMap<string, Operation> = new Map(
  routes.map((route) => [routeKey(route), route.operation]),
);

/** Another version may answer the next request. */
const NEVER_KEEP = { "cache-control": "no-store" };

/** The API as one function of an event. */
export function createApp(build: BuildInfo, clock: Clock, log: Log): (event: ApiEvent) => Promise<HttpResponse> {
  const { type, short, long, time, modified } = build;
  const operations: Readonly<Record<Operation, HttpHandler>> = {
    greet: () => ({
      statusCode: 200,
      headers: { "content-type": "text/plain; charset=utf-8", ...NEVER_KEEP },
      body: "Hello, World!",
    }),
    "tell-build": () => jsonResponse(200, { type, short, long, time, modified }, NEVER_KEEP),
    "refuse-path": () => {
      throw new HttpProblem(404, "RouteNotFound", "There is nothing at this address.");
    },
  };
  return createHttpApp({
    handle: async (request) => operations[operationsByRoute.get(request.routeKey) ?? "refuse-path"](request),
    toProblem: (error) =>
      error instanceof HttpProblem
        ? error
        : new HttpProblem(500, "InternalError", "Something failed on our side.", { cause: error }),
    clock,
    log,
  });
}
