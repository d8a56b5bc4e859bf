import { describeError, type Log } from "../log/log.ts";
import type { Clock } from "../time/clock.ts";
import { type HttpProblem, problemResponse } from "./problem.ts";
import { type ApiEvent, type HttpRequest, readRequest } from "./request.ts";
import type { HttpResponse } from "./response.ts";

/** Answers a request; what it throws becomes a problem. */
export type HttpHandler = (request: HttpRequest) => Promise<HttpResponse> | HttpResponse;

export interface HttpAppOptions {
  readonly handle: HttpHandler;
  /** What the caller is told of anything that was thrown. */
  readonly toProblem: (error: unknown) => HttpProblem;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * An API as one function of an event: whatever is thrown becomes a problem, every answer carries the request id, and one line is
 * logged per request, without query, headers or body.
 */
export function createHttpApp({
  handle,
  toProblem,
  clock,
  log,
}: HttpAppOptions): (event: ApiEvent) => Promise<HttpResponse> {
  const answer = async (request: HttpRequest): Promise<HttpResponse> => {
    try {
      return await handle(request);
    } catch (error) {
      const problem = toProblem(error);
      if (problem.status >= 500) {
        log.error("Request failed", { requestId: request.id, code: problem.code, error: describeError(error) });
      }
      return problemResponse(problem, request.path, request.id);
    }
  };
  return async (event) => {
    const started = clock.now();
    const request = readRequest(event);
    const response = await answer(request);
    log.info("Request", {
      route: request.routeKey,
      requestId: request.id,
      user: request.principal?.user,
      status: response.statusCode,
      milliseconds: clock.now() - started,
    });
    return { ...response, headers: { ...response.headers, "x-request-id": request.id } };
  };
}
