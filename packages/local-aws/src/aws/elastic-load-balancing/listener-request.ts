import type { IncomingMessage } from "node:http";
import type { HeaderList } from "../../http/buffered-response.ts";
import { traceId } from "../../http/trace-id.ts";
import type { Listener } from "./listener.ts";
import type { LoadBalancerSettings } from "./load-balancer-settings.ts";

/** A request to a listener, and the headers with which it is forwarded. */
export interface ListenerRequest {
  readonly message: IncomingMessage;
  readonly method: string;
  /** Not decoded. */
  readonly path: string;
  /** Not decoded; empty if there is none. */
  readonly query: string;
  readonly host: string;
  readonly sourceIp: string;
  /** As received; rules are evaluated with these. */
  readonly headers: HeaderList;
  /**
   * The headers that a target receives: without those of the connection, and with those that the load balancer adds.
   */
  readonly forwarded: HeaderList;
}

/**
 * Limits of the HTTP headers:
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 */
const MAX_REQUEST_LINE_BYTES = 16_384;
const MAX_HEADER_BYTES = 16_384;
const MAX_HEADERS_BYTES = 65_536;
const MAX_FORWARDED_ADDRESSES = 30;

/** Headers of one connection, which a proxy does not forward: https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1 */
export const CONNECTION_HEADERS: ReadonlySet<string> = new Set([
  "connection",
  "expect",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "upgrade",
]);
/**
 * Header names that `routing.http.drop_invalid_header_fields.enabled` does not remove:
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html
 */
const VALID_NAME = /^[A-Za-z0-9-]+$/;

export function listenerRequest(
  message: IncomingMessage,
  settings: LoadBalancerSettings,
  listener: Listener,
  now: number,
): ListenerRequest {
  const [path = "/", query = ""] = (message.url ?? "/").split(/\?(.*)/s);
  const headers = pairs(message.rawHeaders);
  const sourceIp = message.socket.remoteAddress ?? "";
  const passed = headers.filter(
    ([name]) =>
      !CONNECTION_HEADERS.has(name.toLowerCase()) &&
      !/^x-(forwarded-(for|port|proto)|amzn-trace-id)$/i.test(name) &&
      (!settings.dropInvalidHeaderFields || VALID_NAME.test(name)),
  );
  return {
    message,
    method: message.method ?? "GET",
    path,
    query,
    host: message.headers.host ?? "",
    sourceIp,
    headers,
    forwarded: [
      ...passed,
      ...forwardedFor(message, settings, sourceIp),
      ["X-Forwarded-Proto", listener.protocol.toLowerCase()],
      ["X-Forwarded-Port", String(listener.port)],
      ["X-Amzn-Trace-Id", traceHeader(message.headers["x-amzn-trace-id"], now)],
    ],
  };
}

/** The status with which a request is rejected before rules are evaluated; undefined for a valid request. */
export function rejectionStatus({ message, method, headers, host }: ListenerRequest): number | undefined {
  const line = method.length + (message.url ?? "").length + " HTTP/1.1".length + 1;
  if (line > MAX_REQUEST_LINE_BYTES) return 414;
  const sizes = headers.map(([name, value]) => name.length + value.length + 4);
  if (sizes.some((size) => size > MAX_HEADER_BYTES) || sum(sizes) > MAX_HEADERS_BYTES) return 400;
  if (host === "" && message.httpVersion !== "1.0") return 400;
  if (method === "TRACE") return 405;
  const addresses = String(message.headers["x-forwarded-for"] ?? "").split(",");
  return addresses.length > MAX_FORWARDED_ADDRESSES ? 463 : undefined;
}

function forwardedFor(
  message: IncomingMessage,
  { forwardedFor: mode, forwardedClientPort }: LoadBalancerSettings,
  sourceIp: string,
): HeaderList {
  const sent = message.headers["x-forwarded-for"];
  if (mode === "remove") return [];
  if (mode === "preserve") return sent === undefined ? [] : [["X-Forwarded-For", String(sent)]];
  const own = forwardedClientPort ? `${sourceIp}:${message.socket.remotePort}` : sourceIp;
  return [["X-Forwarded-For", [sent, own].filter(Boolean).join(", ")]];
}

/**
 * Keeps the trace ID of the client and adds `Self`.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-request-tracing.html
 */
function traceHeader(sent: string | string[] | undefined, now: number): string {
  const id = traceId(now);
  const fields = String(sent ?? "")
    .split(";")
    .filter((field) => field !== "" && !field.startsWith("Self="));
  if (!fields.some((field) => field.startsWith("Root="))) return [`Root=${id}`, ...fields].join(";");
  return [`Self=${id}`, ...fields].join(";");
}

/** Name and value of each header, from `rawHeaders`. */
export function pairs(raw: readonly string[]): [name: string, value: string][] {
  return Array.from({ length: raw.length / 2 }, (_, index) => [raw[index * 2] ?? "", raw[index * 2 + 1] ?? ""]);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
