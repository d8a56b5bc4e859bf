import type { AuditLog } from "../../lib/audit/audit-log.ts";
import { createHttpApp } from "../../lib/http/http-app.ts";
import { HttpError } from "../../lib/http/http-error.ts";
import type { ApiEvent, HttpRequest } from "../../lib/http/request.ts";
import type { HttpResponse } from "../../lib/http/response.ts";
import type { Log } from "../../lib/log/log.ts";
import type { Clock } from "../../lib/time/clock.ts";
import { checkAccess, requirePrincipal } from "../../lib/users/access.ts";
import type { Principal } from "../../lib/users/principal.ts";
import { translateError } from "./errors.ts";
import { actorOf, type OperationHandler } from "./operation.ts";
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
      if (isChange(route)) refuseAccessKey(principal);
    } catch (error) {
      if (isChange(route) && error instanceof HttpError) await recordDenial(route, request, principal, error);
      throw error;
    }
    return operations[route.operation](request, principal);
  };
  /** The directory records every other change; a caller who may not make it does not reach it. */
  const recordDenial = (route: Route, request: HttpRequest, principal: Principal, { code }: HttpError): Promise<void> =>
    audit.record({
      ...actorOf(request, principal),
      action: route.operation,
      target: request.pathParameters.user ?? principal.user,
      outcome: "denied",
      code,
    });
  return createHttpApp({ handle, translateError, clock, log });
}

const isChange = ({ method }: Route): boolean => method !== "GET";

/** Whoever finds an access key must not gain access that outlasts it, such as a new key or another password. */
function refuseAccessKey({ method }: Principal): void {
  if (method === "key") {
    throw new HttpError(403, "KeyNotAccepted", "This is not possible with an access key. Sign in with the password.");
  }
}
