import { createHash } from "node:crypto";
import { ACCOUNT_ID } from "../../runtime/account.ts";
import type { Answer } from "./answer.ts";
import { type AuthorizerContext, domain, requestTime } from "./event.ts";
import type { GatewayRequest } from "./gateway-request.ts";
import type { Stage } from "./model.ts";

/** What became of a request on its way, as far as it came. */
export interface Trace {
  stage?: Stage;
  routeKey?: string;
  authorizer?: AuthorizerContext;
  /** Milliseconds. */
  integrationLatency?: number;
  integrationStatus?: number;
  integrationError?: string | undefined;
}

export interface LoggedRequest {
  readonly apiId: string;
  readonly request: GatewayRequest;
  readonly answer: Answer;
  readonly trace: Trace;
  /** Milliseconds since the epoch, when the answer was given. */
  readonly answeredAt: number;
}

/**
 * One line of a stage's access log. A variable that has no value is `-`; in a value, what would break a JSON format is escaped.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
 */
export function accessLogLine(format: string, logged: LoggedRequest): string {
  const context: Readonly<Record<string, string | number | undefined>> = contextOf(logged);
  return format.replace(/\$context\.([\w.]+\w)/g, (_, name: string) => {
    const value = context[name];
    return value === undefined || value === "" ? "-" : JSON.stringify(String(value)).slice(1, -1);
  });
}

/** API Gateway names an access log's stream by a digest. */
export function accessLogStream(apiId: string, stage: string): string {
  return createHash("md5").update(`${apiId}/${stage}`).digest("hex");
}

function contextOf({ apiId, request, answer, trace, answeredAt }: LoggedRequest) {
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
    "error.message": integrationStatus === undefined && answer.status >= 400 ? messageOf(answer) : undefined,
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
    responseLatency: answeredAt - request.receivedAt,
    responseLength: answer.body.length,
    routeKey,
    stage: stage?.name,
    status: answer.status,
  };
}

/** Of an answer that API Gateway gave itself. */
function messageOf({ body }: Answer): string {
  return (JSON.parse(body.toString()) as { message: string }).message;
}
