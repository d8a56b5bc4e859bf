import type { AuditLog } from "../../lib/audit/audit-log.ts";
import { createHttpApp } from "../../lib/http/http-app.ts";
import type { ApiEvent, HttpRequest } from "../../lib/http/request.ts";
import type { HttpResponse } from "../../lib/http/response.ts";
import { parseObjectKey } from "../../lib/keys/object-key.ts";
import type { Log } from "../../lib/log/log.ts";
import type { Clock } from "../../lib/time/clock.ts";
import type { Tracer } from "../../lib/tracing/tracer.ts";
import { checkAccess, keysOf } from "../../lib/users/access.ts";
import { auditRequest } from "./audit-request.ts";
import { translateError } from "./errors.ts";
import type { Operations } from "./operation.ts";
import { type Route, routeKey, routes } from "./routes.ts";
import { unmatched } from "./unmatched.ts";

export interface AppDependencies {
  readonly operations: Operations;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly log: Log;
  readonly tracer: Tracer;
}

const routesByKey: ReadonlyMap<string, Route> = new Map(routes.map((route) => [routeKey(route), route]));

/** The Files API: finds the route, checks the access of the caller, runs the operation, and audits changes. */
export function createApp({
  operations,
  audit,
  clock,
  log,
  tracer,
}: AppDependencies): (event: ApiEvent) => Promise<HttpResponse> {
  const run = async (route: Route, request: HttpRequest, keys: readonly string[]): Promise<HttpResponse> => {
    if (route.access === "public") return operations[route.operation](request);
    const principal = checkAccess(route.access, request, clock.now());
    // The operation receives the very keys that were checked.
    return operations[route.operation](request, principal, ...keys.map(parseObjectKey));
  };
  const handle = async (request: HttpRequest): Promise<HttpResponse> => {
    const route = routesByKey.get(request.routeKey);
    if (!route) throw unmatched(request);
    const keys = keysOf(route.access, request);
    const respond = (): Promise<HttpResponse> => run(route, request, keys);
    return route.audit === undefined ? respond() : auditRequest(audit, route.audit, request, keys, respond);
  };
  return createHttpApp({ handle, translateError, clock, log, tracer });
}
