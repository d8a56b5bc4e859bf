import { AwsError } from "../../runtime/error.ts";
import type { LambdaInvoker } from "../lambda/invoker.ts";
import { CONNECTION_HEADERS, type ListenerRequest } from "./listener-request.ts";
import type { ListenerResponse } from "./responses.ts";
import type { TargetGroupSettings } from "./target-group-settings.ts";

/**
 * Maximum size of the request body, and of the function's response as JSON.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
 */
export const MAX_LAMBDA_BYTES = 1_048_576;
/** Content types of bodies that a function receives as text; all others are encoded in base64. See the same page. */
const TEXT_TYPES = /^\s*(text\/|application\/(json|javascript|xml)\s*(;|$))/i;
const PRINCIPAL = "elasticloadbalancing.amazonaws.com";

export type LambdaGroup = Pick<TargetGroupSettings, "arn" | "multiValueHeaders">;

/** The invoker, as it is named in the permission of a function. */
export const invocationSource = (targetGroupArn: string) =>
  ({ kind: "service", principal: PRINCIPAL, sourceArn: targetGroupArn }) as const;

/** Invokes a function. There is no response if the function fails or returns an invalid one. */
export async function invokeTarget(
  lambda: LambdaInvoker,
  functionArn: string,
  group: LambdaGroup,
  event: object,
): Promise<ListenerResponse | undefined> {
  try {
    const { payload, functionError } = await lambda.invoke({
      functionName: functionArn,
      payload: JSON.stringify(event),
      type: "RequestResponse",
      source: invocationSource(group.arn),
    });
    const isTooLarge = Buffer.byteLength(payload) > MAX_LAMBDA_BYTES;
    return functionError === undefined && !isTooLarge ? parseResponse(payload, group) : undefined;
  } catch (error) {
    if (error instanceof AwsError) return undefined; // Throttled, not permitted, or not found.
    throw error;
  }
}

/**
 * See
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html#receive-event-from-load-balancer
 */
export function lambdaEvent(request: ListenerRequest, group: LambdaGroup, body: Buffer): object {
  const headers: [string, string][] = request.forwarded
    .filter(([name]) => name.toLowerCase() !== "transfer-encoding")
    .map(([name, value]) => [name.toLowerCase(), value]);
  const parameters = request.query
    .split("&")
    .filter((parameter) => parameter !== "")
    .map((parameter): [string, string] => {
      const [name = "", value = ""] = parameter.split(/=(.*)/s);
      return [name, value]; // Not decoded by the load balancer.
    });
  const isText = body.length === 0 || isTextBody(headers);
  return {
    requestContext: { elb: { targetGroupArn: group.arn } },
    httpMethod: request.method,
    path: request.path,
    ...(group.multiValueHeaders
      ? { multiValueQueryStringParameters: all(parameters), multiValueHeaders: all(headers) }
      : { queryStringParameters: Object.fromEntries(parameters), headers: Object.fromEntries(headers) }),
    body: body.toString(isText ? "utf8" : "base64"),
    isBase64Encoded: !isText,
  };
}

/** The event of a health check. */
export function healthCheckEvent(group: LambdaGroup, path: string): object {
  const userAgent = "ELB-HealthChecker/2.0";
  return {
    requestContext: { elb: { targetGroupArn: group.arn } },
    httpMethod: "GET",
    path,
    ...(group.multiValueHeaders
      ? { multiValueQueryStringParameters: {}, multiValueHeaders: { "user-agent": [userAgent] } }
      : { queryStringParameters: {}, headers: { "user-agent": userAgent } }),
    body: "",
    isBase64Encoded: false,
  };
}

function isTextBody(headers: readonly (readonly [string, string])[]): boolean {
  const value = (header: string) => headers.find(([name]) => name === header)?.[1];
  return value("content-encoding") === undefined && TEXT_TYPES.test(value("content-type") ?? "");
}

function all(pairs: readonly (readonly [string, string])[]): Record<string, string[]> {
  const values: Record<string, string[]> = {};
  for (const [name, value] of pairs) values[name] = [...(values[name] ?? []), value];
  return values;
}

/**
 * Undefined if the payload is not a response. Only target groups with multi-value headers accept, and require,
 * `multiValueHeaders`.
 */
function parseResponse(
  payload: string,
  { multiValueHeaders: isMultiValue }: LambdaGroup,
): ListenerResponse | undefined {
  const result = parse(payload);
  if (typeof result !== "object" || result === null) return undefined;
  const { statusCode, statusDescription, headers, multiValueHeaders, body, isBase64Encoded } = result as Readonly<
    Record<string, unknown>
  >;
  const status = statusCode as number;
  if (!Number.isInteger(statusCode) || status < 200 || status > 599) return undefined;
  if (body !== undefined && body !== null && typeof body !== "string") return undefined;
  const returned = isMultiValue ? multiValues(multiValueHeaders) : singleValues(headers);
  if (!returned) return undefined;
  const passed = returned.filter(([name]) => !isConnectionHeader(name));
  const hasType = passed.some(([name]) => name.toLowerCase() === "content-type");
  return {
    status,
    // Of "200 OK", only the reason phrase.
    statusText: typeof statusDescription === "string" ? statusDescription.replace(/^\d{3} ?/, "") : undefined,
    headers: [
      ["Server", "awselb/2.0"],
      ...(hasType ? [] : [["Content-Type", "application/octet-stream"] as const]),
      ...passed,
    ],
    body: Buffer.from(typeof body === "string" ? body : "", isBase64Encoded === true ? "base64" : "utf8"),
  };
}

function singleValues(headers: unknown): [string, string][] | undefined {
  const entries = Object.entries((headers ?? {}) as object);
  return entries.every((entry): entry is [string, string] => typeof entry[1] === "string") ? entries : undefined;
}

function multiValues(headers: unknown): [string, string][] | undefined {
  const entries = Object.entries((headers ?? {}) as object).flatMap(([name, values]): [string, unknown][] =>
    Array.isArray(values) ? values.map((value): [string, unknown] => [name, value]) : [[name, undefined]],
  );
  return entries.every((entry): entry is [string, string] => typeof entry[1] === "string") ? entries : undefined;
}

function isConnectionHeader(name: string): boolean {
  const lower = name.toLowerCase();
  return CONNECTION_HEADERS.has(lower) || lower === "transfer-encoding" || lower === "content-length";
}

function parse(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return undefined;
  }
}
