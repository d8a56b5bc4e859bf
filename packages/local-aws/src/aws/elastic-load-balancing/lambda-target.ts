import { AwsError } from "../../runtime/error.ts";
import type { LambdaInvoker } from "../lambda/invoker.ts";
import { type Answer, ownAnswer } from "./answers.ts";
import { CONNECTION_HEADERS, type ListenerRequest } from "./listener-request.ts";
import type { TargetGroupSettings } from "./model.ts";

/** Of the request's body, and of the function's whole answer as JSON. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html */
export const MAX_LAMBDA_BYTES = 1_048_576;
/** Bodies that a function gets as text; all others come to it in base64. The same page. */
const TEXT_TYPES = /^\s*(text\/|application\/(json|javascript|xml)\s*(;|$))/i;
const PRINCIPAL = "elasticloadbalancing.amazonaws.com";

export type LambdaGroup = Pick<TargetGroupSettings, "arn" | "multiValueHeaders">;

/** Who invokes, as a function's permission names it. */
export const invocationSource = (targetGroupArn: string) =>
  ({ kind: "service", principal: PRINCIPAL, sourceArn: targetGroupArn }) as const;

/** Invokes a function with a request and gives its answer; a function that fails or answers nonsense is a bad gateway. */
export async function lambdaAnswer(
  lambda: LambdaInvoker,
  functionArn: string,
  group: LambdaGroup,
  event: object,
): Promise<Answer> {
  try {
    const { payload, functionError } = await lambda.invoke({
      functionName: functionArn,
      payload: JSON.stringify(event),
      type: "RequestResponse",
      source: invocationSource(group.arn),
    });
    const isTooLarge = Buffer.byteLength(payload) > MAX_LAMBDA_BYTES;
    return (functionError === undefined && !isTooLarge && parseAnswer(payload, group)) || ownAnswer(502);
  } catch (error) {
    if (error instanceof AwsError) return ownAnswer(502); // throttled, not permitted, or not there
    throw error;
  }
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html#receive-event-from-load-balancer */
export function lambdaEvent(request: ListenerRequest, group: LambdaGroup, body: Buffer): object {
  const headers: [string, string][] = request.forwarded
    .filter(([name]) => name.toLowerCase() !== "transfer-encoding")
    .map(([name, value]) => [name.toLowerCase(), value]);
  const parameters = request.query
    .split("&")
    .filter((parameter) => parameter !== "")
    .map((parameter): [string, string] => {
      const [name = "", value = ""] = parameter.split(/=(.*)/s);
      return [name, value]; // still encoded: the load balancer does not decode
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

/** What a function gets when its health is checked. */
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
  const value = (wanted: string) => headers.find(([name]) => name === wanted)?.[1];
  return value("content-encoding") === undefined && TEXT_TYPES.test(value("content-type") ?? "");
}

function all(pairs: readonly (readonly [string, string])[]): Record<string, string[]> {
  const values: Record<string, string[]> = {};
  for (const [name, value] of pairs) values[name] = [...(values[name] ?? []), value];
  return values;
}

/** Undefined when it is no answer. A group with multi-value headers takes those only, any other group the single ones only. */
function parseAnswer(payload: string, { multiValueHeaders: isMultiValue }: LambdaGroup): Answer | undefined {
  const result = parse(payload);
  if (typeof result !== "object" || result === null) return undefined;
  const { statusCode, statusDescription, headers, multiValueHeaders, body, isBase64Encoded } = result as Readonly<
    Record<string, unknown>
  >;
  const status = statusCode as number;
  if (!Number.isInteger(statusCode) || status < 200 || status > 599) return undefined;
  if (body !== undefined && body !== null && typeof body !== "string") return undefined;
  const given = isMultiValue ? multiValues(multiValueHeaders) : singleValues(headers);
  if (!given) return undefined;
  const kept = given.filter(([name]) => !isOfConnection(name));
  const hasType = kept.some(([name]) => name.toLowerCase() === "content-type");
  return {
    status,
    // "200 OK": the words are shown to the client
    statusText: typeof statusDescription === "string" ? statusDescription.replace(/^\d{3} ?/, "") : undefined,
    headers: [
      ["Server", "awselb/2.0"],
      ...(hasType ? [] : [["Content-Type", "application/octet-stream"] as const]),
      ...kept,
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

function isOfConnection(name: string): boolean {
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
