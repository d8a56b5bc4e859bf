import { AwsError } from "../../runtime/error.ts";
import { children, childText, childTexts, type XmlDocument } from "./xml.ts";

/** A cross-origin request, or the request that a preflight announces. */
export interface CorsRequest {
  readonly origin: string;
  readonly method: string;
  readonly headers: readonly string[];
}

/**
 * The response headers of the first matching rule; undefined when no rule matches.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html
 */
export function corsHeaders(
  configuration: XmlDocument | undefined,
  request: CorsRequest,
): Readonly<Record<string, string>> | undefined {
  const rule = children(configuration, "CORSRule").find((candidate) => allows(candidate, request));
  if (!rule) return undefined;
  const anyOrigin = childTexts(rule, "AllowedOrigin").includes("*");
  const exposed = childTexts(rule, "ExposeHeader").join(", ");
  return {
    "access-control-allow-origin": anyOrigin ? "*" : request.origin,
    "access-control-allow-methods": childTexts(rule, "AllowedMethod").join(", "),
    ...(anyOrigin ? {} : { "access-control-allow-credentials": "true" }),
    ...(exposed ? { "access-control-expose-headers": exposed } : {}),
    vary: "Origin, Access-Control-Request-Headers, Access-Control-Request-Method",
  };
}

/** The response headers of a preflight request. @throws AwsError `AccessForbidden` when no rule matches. */
export function preflightHeaders(
  configuration: XmlDocument | undefined,
  request: CorsRequest,
): Readonly<Record<string, string>> {
  const rule = children(configuration, "CORSRule").find((candidate) => allows(candidate, request));
  const headers = corsHeaders(configuration, request);
  if (!rule || !headers) {
    throw new AwsError("AccessForbidden", "CORSResponse: This CORS request is not allowed.", 403);
  }
  const maxAge = childText(rule, "MaxAgeSeconds");
  return {
    ...headers,
    ...(request.headers.length > 0 ? { "access-control-allow-headers": request.headers.join(", ") } : {}),
    ...(maxAge ? { "access-control-max-age": maxAge } : {}),
  };
}

function allows(rule: XmlDocument, { origin, method, headers }: CorsRequest): boolean {
  return (
    childTexts(rule, "AllowedMethod").includes(method) &&
    childTexts(rule, "AllowedOrigin").some((pattern) => matchesPattern(pattern, origin)) &&
    headers.every((header) =>
      childTexts(rule, "AllowedHeader").some((pattern) => matchesPattern(pattern.toLowerCase(), header)),
    )
  );
}

/** A pattern contains at most one `*`. */
function matchesPattern(pattern: string, value: string): boolean {
  const [start = "", end] = pattern.split("*");
  if (end === undefined) return pattern === value;
  return value.length >= start.length + end.length && value.startsWith(start) && value.endsWith(end);
}
