import { describeError, type Log } from "../log/log.ts";
import type { Clock } from "../time/clock.ts";
import type { Tracer } from "../tracing/tracer.ts";
import { type ErrorTranslation, problemResponse, toHttpError } from "./http-error.ts";
import { type ApiEvent, type HttpRequest, readRequest } from "./request.ts";
import type { HttpResponse } from "./response.ts";
import { traceRequest } from "./trace-request.ts";

/** Handles a request. What it throws becomes a problem response. */
export type HttpHandler = (request: HttpRequest) => Promise<HttpResponse> | HttpResponse;

export interface HttpAppOptions {
  readonly handle: HttpHandler;
  /** Maps the service's own errors to responses. */
  readonly translateError?: ErrorTranslation;
  readonly clock: Clock;
  readonly log: Log;
  readonly tracer: Tracer;
}

/**
 * An API as one function of an event. Every error becomes a problem response, every response carries the request ID,
 * each request is logged as one line, without query, headers or body, and its trace is found by its ID.
 */
export function createHttpApp({
  handle,
  translateError,
  clock,
  log,
  tracer,
}: HttpAppOptions): (event: ApiEvent) => Promise<HttpResponse> {
  const respond = async (request: HttpRequest): Promise<HttpResponse> => {
    try {
      return await handle(request);
    } catch (error) {
      const httpError = toHttpError(error, translateError);
      if (httpError.status >= 500) {
        log.error("Request failed", { requestId: request.id, code: httpError.code, error: describeError(error) });
      }
      return problemResponse(httpError, { instance: request.path, requestId: request.id, traceId: tracer.traceId });
    }
  };
  return async (event) => {
    const started = clock.now();
    const request = readRequest(event);
    const annotations = { route: request.routeKey, request_id: request.id };
    const response = await traceRequest(tracer, annotations, () => respond(request));
    log.info("Request", {
      route: request.routeKey,
      requestId: request.id,
      user: userOf(request),
      status: response.statusCode,
      milliseconds: clock.now() - started,
    });
    return { ...response, headers: { ...response.headers, "x-request-id": request.id } };
  };
}

/** The user in the context of the authorizer, if the route has one. */
function userOf({ authorizerContext }: HttpRequest): string | undefined {
  const context = typeof authorizerContext === "object" ? authorizerContext : null;
  return context !== null && "user" in context && typeof context.user === "string" ? context.user : undefined;
}
