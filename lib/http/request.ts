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
  /** The URL of the API by which the caller reached it: scheme, host, port and stage, without a slash at the end. */
  readonly baseUrl: string;
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
  const headers = lowerCaseNames(event.headers ?? {});
  return {
    id: requestContext.requestId,
    routeKey: event.routeKey,
    method: requestContext.http.method,
    path: event.rawPath.slice(stagePath(event).length),
    baseUrl: originOf(event, headers) + stagePath(event),
    pathParameters: event.pathParameters ?? {},
    query: new URLSearchParams(event.rawQueryString),
    headers,
    body: Buffer.from(event.body ?? "", event.isBase64Encoded ? "base64" : "utf8"),
    authorizerContext: requestContext.authorizer?.lambda,
    sourceIp: requestContext.http.sourceIp,
  };
}

/** The stage at the beginning of the path; empty for the stage `$default`, which has no path. */
function stagePath({ rawPath, requestContext: { stage } }: ApiEvent): string {
  return rawPath.startsWith(`/${stage}/`) ? `/${stage}` : "";
}

/**
 * API Gateway sets the domain name, without a port, and the scheme. On AWS the port is always 443. Elsewhere the client
 * sends a port that is not the default one in `Host` (RFC 9110, section 7.2), also when a proxy forwards another one.
 * Whatever a client sends as `Host` is returned to this client only.
 */
function originOf({ requestContext: { domainName } }: ApiEvent, { host, ...headers }: HttpRequest["headers"]): string {
  const scheme = headers["x-forwarded-proto"] === "http" ? "http" : "https";
  const [port = ""] = /:\d{1,5}$/.exec(host ?? "") ?? [];
  return `${scheme}://${domainName}${port === defaultPorts[scheme] ? "" : port}`;
}

const defaultPorts = { http: ":80", https: ":443" } as const;

const lowerCaseNames = (headers: ApiEvent["headers"]): HttpRequest["headers"] =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
