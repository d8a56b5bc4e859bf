import type { BufferedResponse } from "../../http/buffered-response.ts";
import { type GatewayRequest, headerValues } from "./gateway-request.ts";

export interface CorsConfiguration {
  readonly allowCredentials: boolean;
  readonly allowHeaders: readonly string[];
  readonly allowMethods: readonly string[];
  readonly allowOrigins: readonly string[];
  readonly exposeHeaders: readonly string[];
  /** Seconds. */
  readonly maxAge: number;
}

/**
 * The response to a preflight request, which API Gateway sends without matching routes; undefined for every other
 * request.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 */
export function preflightResponse(cors: CorsConfiguration, request: GatewayRequest): BufferedResponse | undefined {
  const [requestedMethod] = headerValues(request, "access-control-request-method");
  if (request.method !== "OPTIONS" || requestedMethod === undefined) return undefined;
  const origin = allowedOrigin(cors, request);
  const headers =
    origin === undefined
      ? {}
      : {
          "access-control-allow-origin": origin,
          ...(cors.allowMethods.length > 0 && { "access-control-allow-methods": cors.allowMethods.join(",") }),
          ...(cors.allowHeaders.length > 0 && { "access-control-allow-headers": cors.allowHeaders.join(",") }),
          ...(cors.allowCredentials && { "access-control-allow-credentials": "true" }),
          ...(cors.maxAge > 0 && { "access-control-max-age": String(cors.maxAge) }),
        };
  return { status: 204, headers, body: Buffer.alloc(0) };
}

/** Replaces the CORS headers of the function by those of the CORS configuration. */
export function withCorsHeaders(
  cors: CorsConfiguration,
  request: GatewayRequest,
  response: BufferedResponse,
): BufferedResponse {
  const own = Object.entries(response.headers).filter(([name]) => !name.startsWith("access-control-"));
  const origin = allowedOrigin(cors, request);
  if (origin === undefined) return { ...response, headers: Object.fromEntries(own) };
  return {
    ...response,
    headers: {
      ...Object.fromEntries(own),
      "access-control-allow-origin": origin,
      ...(cors.allowCredentials && { "access-control-allow-credentials": "true" }),
      ...(cors.exposeHeaders.length > 0 && { "access-control-expose-headers": cors.exposeHeaders.join(",") }),
    },
  };
}

/** The origin to allow. Allowed origins are `*`, prefixes such as `https://*`, and exact origins. */
function allowedOrigin({ allowOrigins }: CorsConfiguration, request: GatewayRequest): string | undefined {
  const [origin] = headerValues(request, "origin");
  if (origin === undefined) return undefined;
  if (allowOrigins.includes("*")) return "*";
  const allowed = allowOrigins.some((entry) =>
    entry.endsWith("*") ? origin.startsWith(entry.slice(0, -1)) : origin === entry,
  );
  return allowed ? origin : undefined;
}
