import { createHash } from "node:crypto";
import type { BufferedResponse } from "../../http/buffered-response.ts";
import { ACCOUNT_ID } from "../../runtime/account.ts";
import { type AuthorizerContext, domain, requestTime } from "./event.ts";
import type { GatewayRequest } from "./gateway-request.ts";
import type { Stage } from "./stage.ts";

/** What is known about the processing of a request; the later members only if it got that far. */
export interface Trace {
  stage?: Stage;
  routeKey?: string;
  authorizer?: AuthorizerContext;
  /** The function of the integration, with its qualifier. */
  functionName?: string;
  /** Milliseconds. */
  integrationLatency?: number;
  integrationStatus?: number;
  integrationError?: string | undefined;
}

export interface LoggedRequest {
  readonly apiId: string;
  readonly request: GatewayRequest;
  readonly response: BufferedResponse;
  readonly trace: Trace;
  /** Milliseconds since the epoch. */
  readonly respondedAt: number;
}

/**
 * One line of the access log of a stage. A variable without a value is `-`; values are escaped for JSON formats.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
 */
export function accessLogLine(format: string, logged: LoggedRequest): string {
  const context: Readonly<Record<string, string | number | undefined>> = contextOf(logged);
  return format.replace(/\$context\.([\w.]+\w)/g, (_, name: string) => {
    const value = context[name];
    return value === undefined || value === "" ? "-" : JSON.stringify(String(value)).slice(1, -1);
  });
}

/** Name of the log stream: API Gateway uses a digest. */
export function accessLogStream(apiId: string, stage: string): string {
  return createHash("md5").update(`${apiId}/${stage}`).digest("hex");
}

function contextOf({ apiId, request, response, trace, respondedAt }: LoggedRequest) {
  const { stage, routeKey, authorizer, integrationLatency, integrationStatus, integrationError } = trace;
  const authorizerValues = Object.entries(authorizer?.context ?? {}).map(([name, value]) => [
    `authorizer.${name}`,
    String(value),
  ]);
  return {
    accountId: ACCOUNT_ID,
    apiId,
    ...domain(request),
    "authorizer.principalId": authorizer?.principalId,
    ...Object.fromEntries(authorizerValues),
    "error.message": integrationStatus === undefined && response.status >= 400 ? messageOf(response) : undefined,
    extendedRequestId: request.requestId,
    httpMethod: request.method,
    "identity.sourceIp": request.sourceIp,
    "identity.userAgent": request.userAgent,
    "integration.error": integrationError,
    "integration.integrationStatus": integrationStatus,
    "integration.latency": integrationLatency,
    "integration.status": integrationStatus,
    integrationErrorMessage: integrationError,
    integrationLatency,
    integrationStatus,
    path: request.path,
    protocol: request.protocol,
    requestId: request.requestId,
    requestTime: requestTime(request.receivedAt),
    requestTimeEpoch: request.receivedAt,
    responseLatency: respondedAt - request.receivedAt,
    responseLength: response.body.length,
    routeKey,
    stage: stage?.name,
    status: response.status,
  };
}

/** The message of a response that API Gateway itself generated. */
function messageOf({ body }: BufferedResponse): string {
  return (JSON.parse(body.toString()) as { message: string }).message;
}
