import { request as requestByHttp } from "node:http";
import { request as requestByHttps } from "node:https";
import { buffer } from "node:stream/consumers";
import type { BufferedResponse } from "../../http/buffered-response.ts";
import type { Origin } from "./distribution.ts";
import type { RequestParts } from "./request-parts.ts";
import { selectedParts, type ViewerRequest } from "./viewer-request.ts";

const MESSAGES = {
  ORIGIN_UNREACHABLE: "The origin refused or closed the connection.",
  ORIGIN_TIMEOUT: "The origin did not respond within its read timeout.",
} as const;

/** The origin did not respond. `status` is the status of the response to the viewer. */
export class OriginError extends Error {
  override readonly name = "OriginError";
  readonly code: "ORIGIN_UNREACHABLE" | "ORIGIN_TIMEOUT";

  constructor(code: OriginError["code"], options: ErrorOptions = {}) {
    super(MESSAGES[code], options);
    this.code = code;
  }

  get status(): 502 | 504 {
    return this.code === "ORIGIN_TIMEOUT" ? 504 : 502;
  }
}

/**
 * Headers that every origin receives, independent of the policies:
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html
 */
const ALWAYS_SENT = /^(content-|range$|x-forwarded-for$)/;
/** Headers that CloudFront itself handles, so that no policy forwards them. */
const NEVER_SENT = /^(connection|host|keep-alive|transfer-encoding|upgrade|expect|accept-encoding|cookie|via|if-.*)$/;
/** Response headers of the connection, which are not passed on. */
const DROPPED_RESPONSE_HEADERS = new Set(["connection", "keep-alive", "transfer-encoding", "upgrade"]);

export interface OriginRequest {
  readonly origin: Origin;
  readonly viewer: ViewerRequest;
  readonly policies: readonly RequestParts[];
  readonly encoding: string | undefined;
  /** `If-None-Match` and `If-Modified-Since`, to validate a cached response. */
  readonly conditions: Readonly<Record<string, string>>;
  readonly requestId: string;
}

/**
 * Sends a request to an origin: by HTTPS, or by HTTP if the origin is on this machine, where servers have no
 * certificates.
 *
 * @throws OriginError
 */
export function requestOrigin({
  origin,
  viewer,
  policies,
  encoding,
  conditions,
  requestId,
}: OriginRequest): Promise<BufferedResponse> {
  const { headers, cookies, query } = selectedParts(viewer, policies);
  const always = Object.entries(viewer.headers).filter(([name]) => ALWAYS_SENT.test(name));
  const isLocal = /^(127\.0\.0\.1|localhost|\[::1\])(:|$)/.test(origin.domainName);
  const url = new URL(`${isLocal ? "http" : "https"}://${origin.domainName}`);
  const search = query.map(([name, value]) => `${name}=${value}`).join("&");
  const options = {
    method: viewer.method,
    path: `${origin.path}${viewer.path}${search && `?${search}`}`,
    timeout: origin.readTimeout,
    headers: {
      "user-agent": "Amazon CloudFront",
      ...Object.fromEntries([...always, ...headers.filter(([name]) => !NEVER_SENT.test(name))]),
      ...(cookies.length > 0 && { cookie: cookies.map((pair) => pair.join("=")).join("; ") }),
      ...(encoding !== undefined && { "accept-encoding": encoding === "br" ? "br,gzip" : "gzip" }),
      ...(["GET", "HEAD"].includes(viewer.method) ? conditions : viewerConditions(viewer)),
      ...Object.fromEntries(origin.customHeaders),
      host: origin.domainName,
      via: `${viewer.headers.via === undefined ? "" : `${viewer.headers.via}, `}1.1 local.cloudfront.net (CloudFront)`,
      "x-amz-cf-id": requestId,
      "x-forwarded-for": [viewer.headers["x-forwarded-for"], viewer.address].filter(Boolean).join(", "),
    },
  };
  return new Promise((resolve, reject) => {
    const request = (isLocal ? requestByHttp : requestByHttps)(url, options, (response) => {
      const passed = Object.entries(response.headers).filter(([name]) => !DROPPED_RESPONSE_HEADERS.has(name));
      buffer(response).then(
        (body) => resolve({ status: response.statusCode ?? 502, headers: Object.fromEntries(passed), body }),
        (cause: unknown) => reject(new OriginError("ORIGIN_UNREACHABLE", { cause })),
      );
    });
    request.on("timeout", () => request.destroy(new OriginError("ORIGIN_TIMEOUT")));
    request.on("error", (cause) =>
      reject(cause instanceof OriginError ? cause : new OriginError("ORIGIN_UNREACHABLE", { cause })),
    );
    request.end(viewer.body);
  });
}

/** The origin evaluates the conditions of requests that change data. */
const viewerConditions = ({ headers }: ViewerRequest) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith("if-")));
