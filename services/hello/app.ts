import { createHttpApp } from "../../lib/http/http-app.ts";
import { HttpError } from "../../lib/http/http-error.ts";
import type { ApiEvent } from "../../lib/http/request.ts";
import type { HttpResponse } from "../../lib/http/response.ts";
import type { Log } from "../../lib/log/log.ts";
import type { Clock } from "../../lib/time/clock.ts";
import type { Tracer } from "../../lib/tracing/tracer.ts";
import { createOperations } from "./operations.ts";
import { InvalidPersonError } from "./person.ts";
import { type PersonStore, StoreUnavailableError } from "./person-store.ts";
import { type Operation, routeKey, routes } from "./routes.ts";

const operationsByRoute: ReadonlyMap<string, Operation> = new Map(
  routes.map((route) => [routeKey(route), route.operation]),
);

/** The Hello API as one function of an event. */
export function createApp(
  people: PersonStore,
  clock: Clock,
  log: Log,
  tracer: Tracer,
): (event: ApiEvent) => Promise<HttpResponse> {
  const operations = createOperations(people, clock);
  return createHttpApp({
    handle: async (request) => operations[operationsByRoute.get(request.routeKey) ?? "reject-path"](request),
    translateError,
    clock,
    log,
    tracer,
  });
}

function translateError(error: unknown): HttpError | undefined {
  if (error instanceof InvalidPersonError) return new HttpError(400, error.code, error.message);
  if (error instanceof StoreUnavailableError) {
    const headers = { "retry-after": "1" };
    return new HttpError(503, error.code, "The table does not respond. Try again.", { headers, cause: error });
  }
  return undefined;
}
