import { describeError, type Log } from "../log/log.ts";
import type { Clock } from "../time/clock.ts";
import { type ErrorTranslation, problemResponse, toHttpError } from "./http-error.ts";
import { type ApiEvent, type HttpRequest, readRequest } from "./request.ts";
import type { HttpResponse } from "./response.ts";

/** Handles a request. What it throws becomes a problem response. */
export type HttpHandler = (request: HttpRequest) => Promise<HttpResponse> | HttpResponse;

export interface HttpAppOptions {
  readonly handle: HttpHandler;
  /** Maps the service's own errors to responses. */
  readonly translateError?: ErrorTranslation;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * An API as one function of an event. Every error becomes a problem response, every response carries the request ID,
 * and each request is logged as one line, without query, headers or body.
 */
export function createHttpApp({
  handle,
  translateError,
  clock,
  log,
}: HttpAppOptions): (event: ApiEvent) => Promise<HttpResponse> {
  const respond = async (request: HttpRequest): Promise<HttpResponse> => {
    try {
      return await handle(request);
    } catch (error) {
      const httpError = toHttpError(error, translateError);
      if (httpError.status >= 500) {
        log.error("Request failed", { requestId: request.id, code: httpError.code, error: describeError(error) });
      }
      return problemResponse(httpError, request.path, request.id);
    }
  };
  return async (event) => {
    const started = clock.now();
    const request = readRequest(event);
    const response = await respond(request);
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
