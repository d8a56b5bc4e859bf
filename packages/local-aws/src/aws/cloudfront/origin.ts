import { request as requestByHttp } from "node:http";
import { request as requestByHttps } from "node:https";
import { buffer } from "node:stream/consumers";
import type { Answer } from "./cache.ts";
import type { Origin, RequestParts } from "./model.ts";
import { selectedParts, type ViewerRequest } from "./viewer-request.ts";

/** The origin could not be asked; `status` is what CloudFront answers then. */
export class OriginError extends Error {
  override readonly name = "OriginError";
  readonly code: "OriginUnreachable" | "OriginTimeout";

  constructor(code: OriginError["code"], options: ErrorOptions = {}) {
    super(code, options);
    this.code = code;
  }

  get status(): 502 | 504 {
    return this.code === "OriginTimeout" ? 504 : 502;
  }
}

/** Sent to every origin, whatever the policies say: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html */
const ALWAYS_SENT = /^(content-|range$|x-forwarded-for$)/;
/** The edge's own business, which no policy hands on. */
const NEVER_SENT = /^(connection|host|keep-alive|transfer-encoding|upgrade|expect|accept-encoding|cookie|via|if-.*)$/;
/** Of the connection, not of the answer. */
const DROPPED_FROM_ANSWER = new Set(["connection", "keep-alive", "transfer-encoding", "upgrade"]);

export interface OriginRequest {
  readonly origin: Origin;
  readonly viewer: ViewerRequest;
  readonly policies: readonly RequestParts[];
  readonly encoding: string | undefined;
  /** `If-None-Match` and `If-Modified-Since`, when a copy is checked. */
  readonly conditions: Readonly<Record<string, string>>;
  readonly requestId: string;
}

/**
 * Asks an origin: by HTTPS, as the distribution says, and by HTTP on this machine, where nothing has a certificate.
 *
 * @throws OriginError
 */
export function askOrigin({
  origin,
  viewer,
  policies,
  encoding,
  conditions,
  requestId,
}: OriginRequest): Promise<Answer> {
  const { headers, cookies, query } = selectedParts(viewer, policies);
  const always = Object.entries(viewer.headers).filter(([name]) => ALWAYS_SENT.test(name));
  const isHere = /^(127\.0\.0\.1|localhost|\[::1\])(:|$)/.test(origin.domainName);
  const url = new URL(`${isHere ? "http" : "https"}://${origin.domainName}`);
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
      ...(["GET", "HEAD"].includes(viewer.method) ? conditions : ownConditions(viewer)),
      ...Object.fromEntries(origin.customHeaders),
      host: origin.domainName,
      via: `${viewer.headers.via === undefined ? "" : `${viewer.headers.via}, `}1.1 local.cloudfront.net (CloudFront)`,
      "x-amz-cf-id": requestId,
      "x-forwarded-for": [viewer.headers["x-forwarded-for"], viewer.address].filter(Boolean).join(", "),
    },
  };
  return new Promise((resolve, reject) => {
    const request = (isHere ? requestByHttp : requestByHttps)(url, options, (response) => {
      const kept = Object.entries(response.headers).filter(([name]) => !DROPPED_FROM_ANSWER.has(name));
      buffer(response).then(
        (body) => resolve({ status: response.statusCode ?? 502, headers: Object.fromEntries(kept), body }),
        (cause: unknown) => reject(new OriginError("OriginUnreachable", { cause })),
      );
    });
    request.on("timeout", () => request.destroy(new OriginError("OriginTimeout")));
    request.on("error", (cause) =>
      reject(cause instanceof OriginError ? cause : new OriginError("OriginUnreachable", { cause })),
    );
    request.end(viewer.body);
  });
}

/** Conditions of a change are the origin's to judge. */
const ownConditions = ({ headers }: ViewerRequest) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith("if-")));
