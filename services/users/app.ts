import type { AuditLog } from "../../lib/audit/audit-log.ts";
import { createHttpApp } from "../../lib/http/http-app.ts";
import { HttpError } from "../../lib/http/http-error.ts";
import type { ApiEvent, HttpRequest } from "../../lib/http/request.ts";
import type { HttpResponse } from "../../lib/http/response.ts";
import type { Log } from "../../lib/log/log.ts";
import type { Clock } from "../../lib/time/clock.ts";
import { checkAccess, requirePrincipal } from "../../lib/users/access.ts";
import { translateError } from "./errors.ts";
import type { OperationHandler } from "./operation.ts";
import { type Operation, type Route, routeKey, routes } from "./routes.ts";

const routesByKey: ReadonlyMap<string, Route> = new Map(routes.map((route) => [routeKey(route), route]));

/** The API of users, sessions and access keys: finds the route, checks the caller, and runs the operation. */
export function createApp(
  operations: Readonly<Record<Operation, OperationHandler>>,
  audit: AuditLog,
  clock: Clock,
  log: Log,
): (event: ApiEvent) => Promise<HttpResponse> {
  const handle = async (request: HttpRequest): Promise<HttpResponse> => {
    const route = routesByKey.get(request.routeKey);
    if (!route) throw new HttpError(404, "RouteNotFound", "There is nothing at this address.");
    const principal = requirePrincipal(request, clock.now());
    try {
      checkAccess(route.access, request, clock.now());
    } catch (error) {
      if (route.method !== "GET") await recordDenial(audit, route, request, principal.user);
      throw error;
    }
    return operations[route.operation](request, principal);
  };
  return createHttpApp({ handle, translateError, clock, log });
}

/** The directory records every other change; a caller who is not an administrator does not reach it. */
const recordDenial = (audit: AuditLog, route: Route, request: HttpRequest, who: string): Promise<void> =>
  audit.record({
    who,
    action: route.operation,
    target: request.pathParameters.user ?? "users",
    from: request.sourceIp,
    outcome: "denied",
    code: "Forbidden",
    requestId: request.id,
  });
