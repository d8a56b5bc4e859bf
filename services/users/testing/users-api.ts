import type { ApiEvent } from "../../../lib/http/request.ts";
import type { HttpResponse } from "../../../lib/http/response.ts";
import { silentLog } from "../../../lib/log/testing/silent-log.ts";
import { toAuthorizerContext } from "../../../lib/users/authorizer-context.ts";
import type { Authentication, Principal } from "../../../lib/users/principal.ts";
import { startTestUsers, type TestUsers } from "../../../lib/users/testing/user-tables.ts";
import { createApp } from "../app.ts";
import { createOperations } from "../create-operations.ts";

/** The caller of a request: a principal, or a failed sign-in. */
export type Caller = Principal | Exclude<Authentication["outcome"], "authenticated">;

export interface RequestOptions {
  readonly user?: string;
  readonly id?: string;
  readonly body?: unknown;
  readonly authorization?: string;
}

/** The API of users, sessions and access keys, with tables in a real DynamoDB engine. */
export interface UsersApi extends TestUsers {
  /** Undefined as caller: an event of a route without authorizer. */
  send(caller: Caller | undefined, routeKey: string, options?: RequestOptions): Promise<HttpResponse>;
}

export async function startUsersApi(): Promise<UsersApi> {
  const users = await startTestUsers();
  const { directory, authenticator, audit, clock } = users;
  const app = createApp(createOperations(directory, authenticator), audit, clock, silentLog);
  return {
    ...users,
    send: (caller, routeKey, options = {}) => app(eventOf(caller, routeKey, options, clock.now())),
  };
}

/** An event like those of API Gateway. */
function eventOf(
  caller: Caller | undefined,
  routeKey: string,
  { user, id, body, authorization }: RequestOptions,
  now: number,
): ApiEvent {
  const [method = "", path = ""] = routeKey.split(" ");
  const rawPath = path.replace("{user}", user ?? "").replace("{id}", id ?? "");
  const authentication: Authentication | undefined =
    typeof caller === "object" ? { outcome: "authenticated", principal: caller } : caller && { outcome: caller };
  return {
    version: "2.0",
    routeKey,
    rawPath,
    rawQueryString: "",
    headers: authorization === undefined ? {} : { authorization },
    requestContext: {
      accountId: "000000000000",
      apiId: "api",
      domainName: "localhost",
      domainPrefix: "api",
      http: { method, path: rawPath, protocol: "HTTP/1.1", sourceIp: "192.0.2.1", userAgent: "test" },
      requestId: "request-1",
      routeKey,
      stage: "$default",
      time: "02/Jan/2026:03:04:05 +0000",
      timeEpoch: 0,
      authorizer: { lambda: authentication && toAuthorizerContext(authentication, now) },
    },
    pathParameters: { ...(user !== undefined && { user }), ...(id !== undefined && { id }) },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    isBase64Encoded: false,
  };
}
