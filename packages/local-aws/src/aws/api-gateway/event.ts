import { ACCOUNT_ID } from "../../runtime/account.ts";
import { type GatewayBody, type GatewayRequest, headerValues } from "./gateway-request.ts";
import type { PayloadFormat } from "./payload-format.ts";
import type { RouteMatch } from "./route-table.ts";
import type { Stage } from "./stage.ts";

/** What an authorizer returns for an authorized request. */
export interface AuthorizerContext {
  readonly principalId: string | undefined;
  readonly context: Readonly<Record<string, unknown>>;
}

export interface EventSource {
  readonly apiId: string;
  readonly request: GatewayRequest;
  readonly stage: Stage;
  readonly match: RouteMatch;
  readonly authorizer?: AuthorizerContext | undefined;
}

/** The event of a Lambda proxy integration. */
export function integrationEvent(format: PayloadFormat, source: EventSource, body: GatewayBody | undefined) {
  return format === "2.0"
    ? { ...commonV2(source), ...(body && { body: body.text }), isBase64Encoded: body?.isBase64Encoded ?? false }
    : { ...commonV1(source), body: body?.text ?? null, isBase64Encoded: body?.isBase64Encoded ?? false };
}

/**
 * The event of a REQUEST authorizer:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html
 */
export function authorizerEvent(
  format: PayloadFormat,
  source: EventSource,
  routeArn: string,
  identity: readonly string[],
) {
  if (format === "2.0") {
    const { version, ...rest } = commonV2(source);
    return { version, type: "REQUEST", routeArn, identitySource: identity, ...rest };
  }
  const { version, ...rest } = commonV1(source);
  const token = identity.join(",");
  return { version, type: "REQUEST", methodArn: routeArn, identitySource: token, authorizationToken: token, ...rest };
}

/**
 * See
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html#http-api-develop-integrations-lambda.proxy-format
 */
function commonV2({ apiId, request, stage, match, authorizer }: EventSource) {
  const { routeKey } = match.route;
  const cookies = headerValues(request, "cookie").flatMap((header) => header.split(/;\s*/));
  const path = decodedPath(request.path);
  return {
    version: "2.0",
    routeKey,
    rawPath: path,
    rawQueryString: request.rawQueryString,
    ...(cookies.length > 0 && { cookies }),
    headers: joined(request.headers.filter(([name]) => name.toLowerCase() !== "cookie")),
    ...(request.rawQueryString !== "" && { queryStringParameters: joinedParameters(request.rawQueryString) }),
    requestContext: {
      accountId: ACCOUNT_ID,
      apiId,
      ...(authorizer && { authorizer: { lambda: authorizer.context } }),
      ...domain(request),
      http: {
        method: request.method,
        path,
        protocol: request.protocol,
        sourceIp: request.sourceIp,
        userAgent: request.userAgent,
      },
      requestId: request.requestId,
      routeKey,
      stage: stage.name,
      time: requestTime(request.receivedAt),
      timeEpoch: request.receivedAt,
    },
    ...(match.pathParameters && { pathParameters: match.pathParameters }),
    ...(Object.keys(stage.variables).length > 0 && { stageVariables: stage.variables }),
  };
}

function commonV1({ apiId, request, stage, match, authorizer }: EventSource) {
  const { routeKey, id } = match.route;
  const resource = routeKey === "$default" ? routeKey : routeKey.replace(/^\S+ /, "");
  const path = decodedPath(request.path);
  const query = [...new URLSearchParams(request.rawQueryString)];
  return {
    version: "1.0",
    resource,
    path,
    httpMethod: request.method,
    headers: Object.fromEntries(request.headers),
    multiValueHeaders: grouped(request.headers),
    queryStringParameters: query.length > 0 ? Object.fromEntries(query) : null,
    multiValueQueryStringParameters: query.length > 0 ? grouped(query) : null,
    requestContext: {
      accountId: ACCOUNT_ID,
      apiId,
      ...(authorizer && { authorizer: { ...authorizer.context, principalId: authorizer.principalId } }),
      ...domain(request),
      extendedRequestId: request.requestId,
      httpMethod: request.method,
      identity: { accountId: null, caller: null, sourceIp: request.sourceIp, user: null, userAgent: request.userAgent },
      path,
      protocol: request.protocol,
      requestId: request.requestId,
      requestTime: requestTime(request.receivedAt),
      requestTimeEpoch: request.receivedAt,
      resourceId: id,
      resourcePath: resource,
      stage: stage.name,
    },
    pathParameters: match.pathParameters ?? null,
    stageVariables: Object.keys(stage.variables).length > 0 ? stage.variables : null,
  };
}

/** `12/Mar/2020:19:03:58 +0000`: the time in the common log format. */
export function requestTime(milliseconds: number): string {
  const [, day, month, year, time] = new Date(milliseconds).toUTCString().split(" ");
  return `${day}/${month}/${year}:${time} +0000`;
}

export function domain({ host }: GatewayRequest) {
  const domainName = host.replace(/:\d+$/, "");
  return { domainName, domainPrefix: domainName.split(".")[0] ?? "" };
}

function decodedPath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Names in lower case, the values of one name joined by commas. */
function joined(pairs: readonly (readonly [string, string])[]): Record<string, string> {
  const values = Object.entries(grouped(pairs.map(([name, value]) => [name.toLowerCase(), value] as const)));
  return Object.fromEntries(values.map(([name, list]) => [name, list.join(",")]));
}

function joinedParameters(rawQueryString: string): Record<string, string> {
  const values = Object.entries(grouped([...new URLSearchParams(rawQueryString)]));
  return Object.fromEntries(values.map(([name, list]) => [name, list.join(",")]));
}

function grouped(pairs: readonly (readonly [string, string])[]): Record<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const [name, value] of pairs) groups.set(name, [...(groups.get(name) ?? []), value]);
  return Object.fromEntries(groups);
}
