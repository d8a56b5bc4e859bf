import type { BufferedResponse } from "../../http/buffered-response.ts";
import type { PayloadFormat } from "./payload-format.ts";
import { ERROR_RESPONSES } from "./responses.ts";

/** Headers of the connection, which are not passed on. */
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
 * The HTTP response for the result of a function. In format 2.0 a result without `statusCode` is the body itself, as
 * JSON.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html#http-api-develop-integrations-lambda.response
 */
export function responseOf(format: PayloadFormat, payload: string): BufferedResponse {
  const result = parse(payload);
  const isStructured = typeof result === "object" && result !== null && "statusCode" in result;
  if (!isStructured) {
    if (format === "1.0" || result === undefined) return ERROR_RESPONSES.internalServerError;
    const body = Buffer.from(typeof result === "string" ? result : payload);
    return { status: 200, headers: { "content-type": "application/json" }, body };
  }
  const { statusCode, headers, multiValueHeaders, cookies, body, isBase64Encoded }: FunctionResponse = result;
  const status = Number(statusCode);
  const isText = body === undefined || body === null || typeof body === "string";
  if (!Number.isInteger(status) || status < 100 || status > 599 || !isText) return ERROR_RESPONSES.internalServerError;
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

function parse(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return undefined;
  }
}
