import { createHttpApp } from "../../lib/http/http-app.ts";
import { HttpError } from "../../lib/http/http-error.ts";
import type { ApiEvent, HttpRequest } from "../../lib/http/request.ts";
import type { HttpResponse } from "../../lib/http/response.ts";
import type { Log } from "../../lib/log/log.ts";
import type { Clock } from "../../lib/time/clock.ts";
import { translateError } from "./errors.ts";
import type { OperationHandler } from "./operation.ts";
import { type Operation, type Role, type Route, roles, routeKey, routes } from "./routes.ts";

const routesByKey: ReadonlyMap<string, Route> = new Map(routes.map((route) => [routeKey(route), route]));

/** The Files API: finds the route, checks the role of the caller, and runs the operation. */
export function createApp(
  operations: Readonly<Record<Operation, OperationHandler>>,
  clock: Clock,
  log: Log,
): (event: ApiEvent) => Promise<HttpResponse> {
  const handle = async (request: HttpRequest): Promise<HttpResponse> => {
    const route = routesByKey.get(request.routeKey);
    if (!route) throw new HttpError(404, "RouteNotFound", "There is nothing at this address.");
    authorize(route, request);
    return operations[route.operation](request);
  };
  return createHttpApp({ handle, translateError, clock, log });
}

function authorize(route: Route, { principal }: HttpRequest): void {
  if (route.authorization === "none") return;
  // API Gateway rejects such callers earlier; this covers a route that was deployed without its authorizer.
  if (!principal) {
    const headers = { "www-authenticate": 'Basic realm="Files", charset="UTF-8"' };
    throw new HttpError(401, "Unauthenticated", "Sign in to use this address.", { headers });
  }
  if (roles.indexOf(principal.role as Role) >= roles.indexOf(route.role)) return;
  throw new HttpError(403, "Forbidden", `This requires the role ${route.role}.`);
}
