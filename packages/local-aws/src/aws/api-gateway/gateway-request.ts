import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { traceId } from "../../http/trace-id.ts";

/**
 * Request line and headers together: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
 */
const MAX_HEADER_BYTES = 10_240;
/** Payload size, on the same page. */
export const MAX_BODY_BYTES = 10_485_760;

/** Content types of bodies that a function receives as text; all others are encoded in base64. */
const TEXT_TYPES = /^\s*(text\/|application\/(json|javascript|xml)\s*(;|$)|application\/[^;]*\+(json|xml)\s*(;|$))/i;

/** A request, with everything that the events of both payload formats contain. */
export interface GatewayRequest {
  readonly requestId: string;
  readonly method: string;
  /** Not decoded, with the stage. */
  readonly path: string;
  readonly rawQueryString: string;
  readonly protocol: string;
  readonly host: string;
  readonly sourceIp: string;
  readonly userAgent: string;
  /** With names as received, cookies, and the headers that API Gateway adds. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly isOverHeaderLimit: boolean;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
}

export interface GatewayBody {
  readonly text: string;
  readonly isBase64Encoded: boolean;
}

export function gatewayRequest(message: IncomingMessage, now: number): GatewayRequest {
  const [path = "/", rawQueryString = ""] = (message.url ?? "/").split(/\?(.*)/s);
  const sent: [string, string][] = [];
  for (let index = 0; index < message.rawHeaders.length; index += 2) {
    sent.push([message.rawHeaders[index] ?? "", message.rawHeaders[index + 1] ?? ""]);
  }
  const headerBytes = sent.reduce((sum, [name, value]) => sum + name.length + value.length, (message.url ?? "").length);
  const sourceIp = message.socket.remoteAddress ?? "";
  const host = message.headers.host ?? "";
  return {
    requestId: `${randomBytes(11).toString("base64url")}=`,
    method: message.method ?? "GET",
    path,
    rawQueryString,
    protocol: `HTTP/${message.httpVersion}`,
    host,
    sourceIp,
    userAgent: message.headers["user-agent"] ?? "",
    headers: [
      ...sent.filter(
        ([name]) => !/^(connection|transfer-encoding|expect|x-forwarded-(for|port|proto)|x-amzn-trace-id)$/i.test(name),
      ),
      ["X-Amzn-Trace-Id", String(message.headers["x-amzn-trace-id"] ?? `Root=${traceId(now)}`)],
      ["X-Forwarded-For", [message.headers["x-forwarded-for"], sourceIp].filter(Boolean).join(", ")],
      ["X-Forwarded-Port", String(message.socket.localPort ?? "")],
      ["X-Forwarded-Proto", "http"],
    ],
    isOverHeaderLimit: headerBytes > MAX_HEADER_BYTES,
    receivedAt: now,
  };
}

/** All values of a header; empty if there is none. */
export function headerValues({ headers }: GatewayRequest, name: string): string[] {
  const lowerCaseName = name.toLowerCase();
  return headers.filter(([candidate]) => candidate.toLowerCase() === lowerCaseName).map(([, value]) => value);
}

/**
 * Text is passed as text; compressed bodies, and those without a content type, as base64. Undefined for an empty body.
 */
export function encodeBody(request: GatewayRequest, body: Buffer): GatewayBody | undefined {
  if (body.length === 0) return undefined;
  const [contentType = ""] = headerValues(request, "content-type");
  const isText = TEXT_TYPES.test(contentType) && headerValues(request, "content-encoding").length === 0;
  return { text: body.toString(isText ? "utf8" : "base64"), isBase64Encoded: !isText };
}
