import type { Attributes } from "../../provider/resource.ts";
import { AwsError } from "../../runtime/error.ts";

/** What is known of each part of an HTTP API: Terraform's records, read once. */
export interface CorsConfiguration {
  readonly allowCredentials: boolean;
  readonly allowHeaders: readonly string[];
  readonly allowMethods: readonly string[];
  readonly allowOrigins: readonly string[];
  readonly exposeHeaders: readonly string[];
  /** Seconds. */
  readonly maxAge: number;
}

export interface Throttling {
  /** Requests a second. */
  readonly rate: number;
  readonly burst: number;
}

export interface Stage {
  readonly name: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly throttling: Throttling;
  /** By route key. */
  readonly routeThrottling: ReadonlyMap<string, Throttling>;
  readonly accessLog: { readonly group: string; readonly format: string } | undefined;
}

export interface Route {
  readonly id: string;
  /** `GET /items/{id}`, `ANY /{proxy+}` or `$default`. */
  readonly routeKey: string;
  readonly integrationId: string;
  readonly authorizerId: string | undefined;
}

export type PayloadFormat = "1.0" | "2.0";

export interface Integration {
  readonly id: string;
  /** A function's ARN or invoke ARN, in which stage variables are not filled in yet. */
  readonly uri: string;
  readonly payloadFormat: PayloadFormat;
  /** Milliseconds. */
  readonly timeout: number;
  /** A role that API Gateway takes to invoke, in the place of a permission on the function. */
  readonly credentialsArn: string | undefined;
}

export interface Authorizer {
  readonly id: string;
  readonly uri: string;
  readonly payloadFormat: PayloadFormat;
  readonly simpleResponses: boolean;
  /** `$request.header.Authorization`, … */
  readonly identitySources: readonly string[];
  /** Seconds. */
  readonly resultTtl: number;
  readonly credentialsArn: string | undefined;
}

/** Of an account and region: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const DEFAULT_THROTTLING: Throttling = { rate: 10_000, burst: 5_000 };
/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html: 30 s, not to be raised. */
export const MAX_INTEGRATION_TIMEOUT_MS = 30_000;
export const DEFAULT_RESULT_TTL_SECONDS = 300;

export function corsOf(attributes: Attributes): CorsConfiguration | undefined {
  const [cors] = blocks(attributes.cors_configuration);
  if (!cors) return undefined;
  return {
    allowCredentials: cors.allow_credentials === true,
    allowHeaders: texts(cors.allow_headers),
    allowMethods: texts(cors.allow_methods),
    allowOrigins: texts(cors.allow_origins),
    exposeHeaders: texts(cors.expose_headers),
    maxAge: Number(cors.max_age ?? 0),
  };
}

export function stageOf(attributes: Attributes): Stage {
  const [defaults = {}] = blocks(attributes.default_route_settings);
  const [log] = blocks(attributes.access_log_settings);
  const throttling = throttlingOf(defaults, DEFAULT_THROTTLING);
  return {
    name: text(attributes.name),
    variables: (attributes.stage_variables ?? {}) as Record<string, string>,
    throttling,
    routeThrottling: new Map(
      blocks(attributes.route_settings).map((settings) => [
        text(settings.route_key),
        throttlingOf(settings, throttling),
      ]),
    ),
    accessLog: log && {
      group: text(log.destination_arn)
        .replace(/^arn:aws:logs:[^:]*:[^:]*:log-group:/, "")
        .replace(/:\*$/, ""),
      format: text(log.format),
    },
  };
}

export function routeOf(attributes: Attributes): Route {
  return {
    id: text(attributes.id),
    routeKey: text(attributes.route_key),
    integrationId: text(attributes.target).replace(/^integrations\//, ""),
    authorizerId: text(attributes.authorizer_id) || undefined,
  };
}

export function integrationOf(attributes: Attributes): Integration {
  return {
    id: text(attributes.id),
    uri: text(attributes.integration_uri),
    payloadFormat: attributes.payload_format_version === "2.0" ? "2.0" : "1.0",
    timeout:
      typeof attributes.timeout_milliseconds === "number"
        ? attributes.timeout_milliseconds
        : MAX_INTEGRATION_TIMEOUT_MS,
    credentialsArn: text(attributes.credentials_arn) || undefined,
  };
}

export function authorizerOf(attributes: Attributes): Authorizer {
  const ttl = attributes.authorizer_result_ttl_in_seconds;
  return {
    id: text(attributes.id),
    uri: text(attributes.authorizer_uri),
    payloadFormat: attributes.authorizer_payload_format_version === "2.0" ? "2.0" : "1.0",
    simpleResponses: attributes.enable_simple_responses === true,
    identitySources: texts(attributes.identity_sources),
    resultTtl: typeof ttl === "number" ? ttl : DEFAULT_RESULT_TTL_SECONDS,
    credentialsArn: text(attributes.authorizer_credentials_arn) || undefined,
  };
}

/** API Gateway's refusal of what it does not understand, or the stand-in does not serve. */
export function badRequest(message: string): AwsError {
  return new AwsError("BadRequestException", message);
}

export function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(text) : [];
}

function blocks(value: unknown): Attributes[] {
  return Array.isArray(value)
    ? value.filter((block): block is Attributes => typeof block === "object" && block !== null)
    : [];
}

function throttlingOf(settings: Attributes, otherwise: Throttling): Throttling {
  const { throttling_rate_limit: rate, throttling_burst_limit: burst } = settings;
  return {
    rate: typeof rate === "number" ? rate : otherwise.rate,
    burst: typeof burst === "number" ? burst : otherwise.burst,
  };
}
