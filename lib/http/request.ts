import type { APIGatewayProxyEventV2WithLambdaAuthorizer } from "aws-lambda";

export type ApiEvent = APIGatewayProxyEventV2WithLambdaAuthorizer<unknown>;

/** The request of an API Gateway event (payload format 2.0), decoded. */
export interface HttpRequest {
  readonly id: string;
  /** The route that API Gateway matched, such as `GET /api/list`. */
  readonly routeKey: string;
  readonly method: string;
  /** As sent, still percent-encoded, without the stage. */
  readonly path: string;
  /** Decoded once, by API Gateway. */
  readonly pathParameters: Readonly<Record<string, string | undefined>>;
  readonly query: URLSearchParams;
  /** Names are in lower case; the values of repeated headers are joined by commas. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
  /** What the authorizer of the route passed; undefined for a route without one. */
  readonly authorizerContext: unknown;
  /** The client's address, from which API Gateway received the request. */
  readonly sourceIp: string;
}

/**
 * Reads an event. Members may be missing: a route without authorization has no principal, and an event that was sent by
 * hand may lack others.
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
    authorizerContext: requestContext.authorizer?.lambda,
    sourceIp: requestContext.http.sourceIp,
  };
}

function withoutStage(path: string, stage: string | undefined): string {
  return path.startsWith(`/${stage}/`) ? path.slice(`/${stage}`.length) : path;
}

const lowerCaseNames = (headers: ApiEvent["headers"]): HttpRequest["headers"] =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
