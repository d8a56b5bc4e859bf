import { HttpProblem, problemResponse } from "../../lib/http/problem.ts";
import { type ApiEvent, type HttpRequest, readRequest } from "../../lib/http/request.ts";
import type { HttpResponse } from "../../lib/http/response.ts";
import { describeError, type Log } from "../../lib/log/log.ts";
import type { Clock } from "../../lib/time/clock.ts";
import type { OperationHandler } from "./operation.ts";
import { toProblem } from "./problems.ts";
import { type Operation, type Role, type Route, roles, routeKey, routes } from "./routes.ts";

const routesByKey: ReadonlyMap<string, Route> = new Map(routes.map((route) => [routeKey(route), route]));

/**
 * The API as one function of an event: finds the route, holds the caller to its role, runs the operation, and turns whatever is
 * thrown into a problem. Every answer carries the request id; one line is logged per request, without query, headers or body.
 */
export function createApp(
  operations: Readonly<Record<Operation, OperationHandler>>,
  clock: Clock,
  log: Log,
): (event: ApiEvent) => Promise<HttpResponse> {
  return async (event) => {
    const started = clock.now();
    const request = readRequest(event);
    const response = await answer(request, operations, log);
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

async function answer(
  request: HttpRequest,
  operations: Readonly<Record<Operation, OperationHandler>>,
  log: Log,
): Promise<HttpResponse> {
  try {
    const route = routesByKey.get(request.routeKey);
    if (!route) throw new HttpProblem(404, "RouteNotFound", "There is nothing at this address.");
    authorize(route, request);
    return await operations[route.operation](request);
  } catch (error) {
    const problem = toProblem(error);
    if (problem.status >= 500) {
      log.error("Request failed", { requestId: request.id, code: problem.code, error: describeError(error) });
    }
    return problemResponse(problem, request.path, request.id);
  }
}

function authorize(route: Route, { principal }: HttpRequest): void {
  if (route.authorization === "none") return;
  // API Gateway refuses such callers itself; this holds when a route was deployed without its authorizer.
  if (!principal) throw new HttpProblem(401, "Unauthenticated", "Sign in to use this address.");
  if (roles.indexOf(principal.role as Role) >= roles.indexOf(route.role)) return;
  throw new HttpProblem(403, "Forbidden", `This needs the role ${route.role}.`);
}
