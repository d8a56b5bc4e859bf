import { type AuditEvent, type AuditLog, NOBODY } from "../../lib/audit/audit-log.ts";
import { createHttpApp } from "../../lib/http/http-app.ts";
import { HttpError } from "../../lib/http/http-error.ts";
import type { ApiEvent, HttpRequest } from "../../lib/http/request.ts";
import type { HttpResponse } from "../../lib/http/response.ts";
import type { Log } from "../../lib/log/log.ts";
import type { Clock } from "../../lib/time/clock.ts";
import type { Tracer } from "../../lib/tracing/tracer.ts";
import { checkAccess, checkRule, requirePrincipal } from "../../lib/users/access.ts";
import type { Authenticator } from "../../lib/users/authenticator.ts";
import type { Principal } from "../../lib/users/principal.ts";
import { signIn } from "../../lib/users/sign-in.ts";
import { describeUserName } from "../../lib/users/user-name.ts";
import { translateError } from "./errors.ts";
import type { OperationHandler } from "./operation.ts";
import { type Operation, type Route, routeKey, routes } from "./routes.ts";

const routesByKey: ReadonlyMap<string, Route> = new Map(routes.map((route) => [routeKey(route), route]));

export interface AppDependencies {
  readonly operations: Readonly<Record<Operation, OperationHandler>>;
  readonly authenticator: Pick<Authenticator, "authenticate">;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly log: Log;
  readonly tracer: Tracer;
}

/** The API of users, sessions and access keys: finds the route, checks the caller, and runs the operation. */
export function createApp({
  operations,
  authenticator,
  audit,
  clock,
  log,
  tracer,
}: AppDependencies): (event: ApiEvent) => Promise<HttpResponse> {
  const handle = async (request: HttpRequest): Promise<HttpResponse> => {
    const route = routesByKey.get(request.routeKey);
    if (!route) throw new HttpError(404, "RouteNotFound", "There is nothing at this address.");
    return isChange(route) ? change(route, request) : read(route, request);
  };

  const read = async (route: Route, request: HttpRequest): Promise<HttpResponse> =>
    operations[route.operation](request, checkAccess(route.access, request, clock.now()));

  /**
   * A change is made with credentials that are verified now. The result that API Gateway has cached may be older than
   * the removal of the user, who could otherwise return as an administrator.
   */
  const change = async (route: Route, request: HttpRequest): Promise<HttpResponse> => {
    let principal: Principal | undefined;
    try {
      requirePrincipal(request, clock.now());
      principal = await signIn(authenticator, request.headers.authorization, request.sourceIp);
      checkRule(route.access, principal, request);
      refuseAccessKey(principal);
      return await operations[route.operation](request, principal);
    } catch (error) {
      // The directory records every change that reaches it, also one that fails.
      if (error instanceof HttpError) await audit.record(auditEventOf(route, request, principal, error));
      throw error;
    }
  };

  return createHttpApp({ handle, translateError, clock, log, tracer });
}

function auditEventOf(
  { operation }: Route,
  { pathParameters, sourceIp, id }: HttpRequest,
  principal: Principal | undefined,
  { status, code }: HttpError,
): AuditEvent {
  return {
    who: principal?.user ?? NOBODY,
    action: operation,
    target: describeUserName(pathParameters.user ?? principal?.user ?? NOBODY),
    from: sourceIp,
    outcome: [401, 403, 429].includes(status) ? "denied" : "failed",
    code,
    requestId: id,
  };
}

const isChange = ({ method }: Route): boolean => method !== "GET" && method !== "HEAD";

/** Whoever finds an access key must not gain access that outlasts it, such as a new key or another password. */
function refuseAccessKey({ method }: Principal): void {
  if (method === "key") {
    throw new HttpError(403, "KeyNotAccepted", "This is not possible with an access key. Sign in with the password.");
  }
}
