import type { ServerResponse } from "node:http";
import type { PayloadFormat } from "./model.ts";

/** An HTTP response, whole. */
export interface Answer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer;
}

/** API Gateway's own answers, in its words. */
export const ANSWERS = {
  badRequest: message(400, "Bad Request"),
  unauthorized: message(401, "Unauthorized"),
  forbidden: message(403, "Forbidden"),
  notFound: message(404, "Not Found"),
  entityTooLarge: message(413, "Request Entity Too Large"),
  tooManyRequests: message(429, "Too Many Requests"),
  headersTooLarge: message(431, "Request Header Fields Too Large"),
  internalServerError: message(500, "Internal Server Error"),
  serviceUnavailable: message(503, "Service Unavailable"),
} as const;

/** Headers of the connection, not of the answer. */
const DROPPED_HEADERS = new Set(["connection", "keep-alive", "transfer-encoding", "upgrade"]);

interface FunctionResponse {
  readonly statusCode?: unknown;
  readonly headers?: Readonly<Record<string, unknown>> | null;
  readonly multiValueHeaders?: Readonly<Record<string, readonly unknown[]>> | null;
  readonly cookies?: readonly unknown[] | null;
  readonly body?: unknown;
  readonly isBase64Encoded?: unknown;
}

/**
 * The answer that a function's result stands for. In format 2.0 a result without `statusCode` is the body itself, as JSON.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html#http-api-develop-integrations-lambda.response
 */
export function answerOf(format: PayloadFormat, payload: string): Answer {
  const result = parse(payload);
  const isStructured = typeof result === "object" && result !== null && "statusCode" in result;
  if (!isStructured) {
    if (format === "1.0" || result === undefined) return ANSWERS.internalServerError;
    const body = Buffer.from(typeof result === "string" ? result : payload);
    return { status: 200, headers: { "content-type": "application/json" }, body };
  }
  const { statusCode, headers, multiValueHeaders, cookies, body, isBase64Encoded }: FunctionResponse = result;
  const status = Number(statusCode);
  const isText = body === undefined || body === null || typeof body === "string";
  if (!Number.isInteger(status) || status < 100 || status > 599 || !isText) return ANSWERS.internalServerError;
  return {
    status,
    headers: {
      "content-type": "text/plain;charset=UTF-8",
      ...lowerCase(headers, String),
      ...(format === "1.0" && lowerCase(multiValueHeaders, (values) => values.map(String))),
      ...(format === "2.0" && cookies && cookies.length > 0 && { "set-cookie": cookies.map(String) }),
    },
    body: Buffer.from(body ?? "", isBase64Encoded === true ? "base64" : "utf8"),
  };
}

function lowerCase<Value, Result>(
  headers: Readonly<Record<string, Value>> | null | undefined,
  convert: (value: Value) => Result,
) {
  return Object.fromEntries(
    Object.entries(headers ?? {})
      .map(([name, value]) => [name.toLowerCase(), convert(value)] as const)
      .filter(([name]) => !DROPPED_HEADERS.has(name)),
  );
}

function message(status: number, text: string): Answer {
  return {
    status,
    headers: { "content-type": "application/json" },
    body: Buffer.from(JSON.stringify({ message: text })),
  };
}

function parse(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return undefined;
  }
}

/** Writes an answer; one whose headers HTTP does not allow is a fault of the function. */
export function sendAnswer(
  response: ServerResponse,
  answer: Answer,
  requestId: string,
  method: string | undefined,
): void {
  const { "content-length": ownLength, ...headers } = answer.headers as Record<string, string | string[]>;
  const hasBody = answer.status !== 204 && answer.status !== 304;
  // the answer to a HEAD has the length of the body that it does not send
  const length = method === "HEAD" && answer.body.length === 0 ? Number(ownLength ?? 0) : answer.body.length;
  try {
    response.writeHead(answer.status, {
      ...headers,
      ...(hasBody && { "content-length": length }),
      "apigw-requestid": requestId,
    });
  } catch {
    sendAnswer(response, ANSWERS.internalServerError, requestId, method);
    return;
  }
  response.end(hasBody && method !== "HEAD" ? answer.body : undefined);
}
