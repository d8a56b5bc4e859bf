import type { ApiEvent } from "../../../lib/http/request.ts";
import type { HttpResponse } from "../../../lib/http/response.ts";
import { silentLog } from "../../../lib/log/testing/silent-log.ts";
import { noTracer } from "../../../lib/tracing/tracer.ts";
import { toAuthorizerContext } from "../../../lib/users/authorizer-context.ts";
import type { Grant } from "../../../lib/users/grants.ts";
import type { Authentication, Principal } from "../../../lib/users/principal.ts";
import { startTestUsers, type TestUsers } from "../../../lib/users/testing/user-tables.ts";
import { createApp } from "../app.ts";
import { createOperations } from "../create-operations.ts";

/** A user who has signed in, as API Gateway has cached it, and the credentials of the request. */
export interface SignedIn {
  readonly principal: Principal;
  readonly authorization: string;
}

/** The caller of a request, or a failed sign-in. */
export type Caller = SignedIn | Exclude<Authentication["outcome"], "authenticated">;

export interface RequestOptions {
  readonly user?: string;
  readonly id?: string;
  readonly body?: unknown;
}

/** The API of users, sessions and access keys, with tables in a real DynamoDB engine. */
export interface UsersApi extends TestUsers {
  /** Adds a user who has signed in with the password, or with a session, which costs no hash, if none is given. */
  addCaller(name: string, grants: readonly Grant[], password?: string): Promise<SignedIn>;
  /** Signs a user in with a new access key. */
  addKey(caller: SignedIn): Promise<SignedIn>;
  /** Undefined as caller: an event of a route without authorizer. */
  send(caller: Caller | undefined, routeKey: string, options?: RequestOptions): Promise<HttpResponse>;
}

export const contentOf = ({ body }: HttpResponse) => JSON.parse(body ?? "null");
/** The status and the code of an error. */
export const codeOf = (response: HttpResponse) => [response.statusCode, contentOf(response)?.code];

export async function startUsersApi(): Promise<UsersApi> {
  const users = await startTestUsers();
  const { directory, authenticator, audit, clock } = users;
  const app = createApp({
    operations: createOperations(directory, authenticator),
    authenticator,
    audit,
    clock,
    log: silentLog,
    tracer: noTracer,
  });
  const actor = { who: "test", from: "test" };
  return {
    ...users,
    addCaller: async (name, grants, password) => {
      await directory.add(actor, name, { grants, password });
      const principal: Principal = { user: name, grants, method: "password" };
      if (password !== undefined) {
        return { principal, authorization: `Basic ${Buffer.from(`${name}:${password}`).toString("base64")}` };
      }
      const session = await directory.addSession(actor, principal);
      const signedInAt = clock.now();
      return { principal: { ...principal, method: "session", signedInAt }, authorization: `Bearer ${session?.token}` };
    },
    addKey: async ({ principal }) => {
      const { token } = await directory.addKey(actor, principal.user, { name: "test" });
      return { principal: { ...principal, method: "key" }, authorization: `Bearer ${token}` };
    },
    send: (caller, routeKey, options = {}) => app(eventOf(caller, routeKey, options, clock.now())),
  };
}

/** An event like those of API Gateway. */
function eventOf(
  caller: Caller | undefined,
  routeKey: string,
  { user, id, body }: RequestOptions,
  now: number,
): ApiEvent {
  const [method = "", path = ""] = routeKey.split(" ");
  const rawPath = path.replace("{user}", user ?? "").replace("{id}", id ?? "");
  const authentication: Authentication | undefined =
    typeof caller === "object"
      ? { outcome: "authenticated", principal: caller.principal }
      : caller && { outcome: caller };
  const authorization = typeof caller === "object" ? caller.authorization : caller && "Bearer unknown";
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
