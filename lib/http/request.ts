import type { APIGatewayProxyEventV2WithLambdaAuthorizer } from "aws-lambda";

/** Who is calling, as the authorizer said. */
export interface Principal {
  readonly user: string;
  readonly role: string;
}

export type ApiEvent = APIGatewayProxyEventV2WithLambdaAuthorizer<Partial<Principal> | undefined>;

/** An API Gateway event (payload format 2.0), with what was encoded on the way made plain. */
export interface HttpRequest {
  readonly id: string;
  /** `GET /api/list`: the route that API Gateway chose. */
  readonly routeKey: string;
  readonly method: string;
  /** As it was sent, still percent-encoded; without the stage, which is the deployment's and not the caller's. */
  readonly path: string;
  /** Decoded once, by API Gateway. */
  readonly pathParameters: Readonly<Record<string, string | undefined>>;
  readonly query: URLSearchParams;
  /** Names in lower case; several headers of one name are joined by commas. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
  readonly principal: Principal | undefined;
}

/**
 * Reads an event. Nothing in it is trusted to be there: a route without authorization has no principal, an event that was sent by
 * hand lacks more.
 */
export function readRequest(event: ApiEvent): HttpRequest {
  const { requestContext } = event;
  return {
    id: requestContext.requestId,
    routeKey: event.routeKey,
    method: requestContext.http.method,
    path: withoutStage(event.rawPath, requestContext.stage),
    pathParameters: event.pathParameters ?? {},
    query: new URLSearchParams(event.rawQueryString),
    headers: lowerCaseNames(event.headers ?? {}),
    body: Buffer.from(event.body ?? "", event.isBase64Encoded ? "base64" : "utf8"),
    principal: readPrincipal(requestContext.authorizer?.lambda),
  };
}

function withoutStage(path: string, stage: string | undefined): string {
  return path.startsWith(`/${stage}/`) ? path.slice(`/${stage}`.length) : path;
}

const lowerCaseNames = (headers: ApiEvent["headers"]): HttpRequest["headers"] =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

function readPrincipal(context: Partial<Principal> | undefined | null): Principal | undefined {
  const { user, role } = context ?? {};
  return typeof user === "string" && typeof role === "string" ? { user, role } : undefined;
}
