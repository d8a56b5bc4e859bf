import { AwsError } from "../../runtime/error.ts";
import { children, type Document, text, texts } from "./xml.ts";

/** What a browser asks: may a page of this origin do this with these headers? */
export interface CorsQuestion {
  readonly origin: string;
  readonly method: string;
  readonly headers: readonly string[];
}

/**
 * The headers that allow it, by the first rule of the bucket's configuration that fits; undefined when none does.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html
 */
export function corsHeaders(
  configuration: Document | undefined,
  question: CorsQuestion,
): Readonly<Record<string, string>> | undefined {
  const rule = children(configuration, "CORSRule").find((candidate) => allows(candidate, question));
  if (!rule) return undefined;
  const anyOrigin = texts(rule, "AllowedOrigin").includes("*");
  const exposed = texts(rule, "ExposeHeader").join(", ");
  return {
    "access-control-allow-origin": anyOrigin ? "*" : question.origin,
    "access-control-allow-methods": texts(rule, "AllowedMethod").join(", "),
    ...(anyOrigin ? {} : { "access-control-allow-credentials": "true" }),
    ...(exposed ? { "access-control-expose-headers": exposed } : {}),
    vary: "Origin, Access-Control-Request-Headers, Access-Control-Request-Method",
  };
}

/** The answer to a preflight request. @throws AwsError `AccessForbidden`. */
export function preflightHeaders(
  configuration: Document | undefined,
  question: CorsQuestion,
): Readonly<Record<string, string>> {
  const rule = children(configuration, "CORSRule").find((candidate) => allows(candidate, question));
  const headers = corsHeaders(configuration, question);
  if (!rule || !headers) {
    throw new AwsError("AccessForbidden", "CORSResponse: This CORS request is not allowed.", 403);
  }
  const maxAge = text(rule, "MaxAgeSeconds");
  return {
    ...headers,
    ...(question.headers.length > 0 ? { "access-control-allow-headers": question.headers.join(", ") } : {}),
    ...(maxAge ? { "access-control-max-age": maxAge } : {}),
  };
}

function allows(rule: Document, { origin, method, headers }: CorsQuestion): boolean {
  return (
    texts(rule, "AllowedMethod").includes(method) &&
    texts(rule, "AllowedOrigin").some((pattern) => fits(pattern, origin)) &&
    headers.every((header) => texts(rule, "AllowedHeader").some((pattern) => fits(pattern.toLowerCase(), header)))
  );
}

/** A pattern holds at most one `*`. */
function fits(pattern: string, value: string): boolean {
  const [start = "", end] = pattern.split("*");
  if (end === undefined) return pattern === value;
  return value.length >= start.length + end.length && value.startsWith(start) && value.endsWith(end);
}
