import type { Attributes } from "../../provider/resource.ts";

/** Which of a request's headers, cookies or query parameters are meant. */
export interface Selection {
  readonly behavior: "none" | "whitelist" | "all" | "allExcept";
  /** Header names in lower case. */
  readonly names: ReadonlySet<string>;
}

export interface RequestParts {
  readonly headers: Selection;
  readonly cookies: Selection;
  readonly query: Selection;
}

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/controlling-the-cache-key.html */
export interface CachePolicy {
  /** Seconds. */
  readonly minimumTtl: number;
  readonly defaultTtl: number;
  readonly maximumTtl: number;
  readonly key: RequestParts;
  /** Encodings for which separate copies are kept. */
  readonly encodings: readonly ("br" | "gzip")[];
}

/** A header that the edge adds to every answer. */
export interface AddedHeader {
  readonly name: string;
  readonly value: string;
  /** Also in the place of the origin's own. */
  readonly override: boolean;
}

export interface ResponseHeadersPolicy {
  readonly added: readonly AddedHeader[];
  /** In lower case. */
  readonly removed: readonly string[];
}

export interface Origin {
  readonly id: string;
  /** Host name; on this machine `host:port`. */
  readonly domainName: string;
  readonly path: string;
  readonly customHeaders: readonly (readonly [name: string, value: string])[];
  /** Milliseconds until an answer must have begun. */
  readonly readTimeout: number;
}

export interface Behavior {
  /** `*` for what no other behaviour takes. */
  readonly pathPattern: string;
  readonly originId: string;
  readonly allowedMethods: ReadonlySet<string>;
  readonly compress: boolean;
  readonly cachePolicyId: string;
  readonly originRequestPolicyId: string | undefined;
  readonly responseHeadersPolicyId: string | undefined;
}

export interface CustomError {
  readonly code: number;
  /** Seconds for which the error is kept at least. */
  readonly minimumTtl: number;
  readonly responseCode: number | undefined;
  readonly pagePath: string | undefined;
}

export interface Distribution {
  readonly id: string;
  readonly isEnabled: boolean;
  readonly origins: readonly Origin[];
  /** In the order in which they are tried; the last takes everything. */
  readonly behaviors: readonly Behavior[];
  readonly errors: readonly CustomError[];
  readonly defaultRootObject: string;
}

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/custom-error-pages-expiration.html */
export const DEFAULT_ERROR_TTL_SECONDS = 10;

const DEFAULT_READ_TIMEOUT_SECONDS = 30;

export const distributionOf = (attributes: Attributes): Distribution => ({
  id: text(attributes.id),
  isEnabled: attributes.enabled === true,
  origins: blocks(attributes.origin).map(originOf),
  behaviors: [
    ...blocks(attributes.ordered_cache_behavior).map(behaviorOf),
    ...blocks(attributes.default_cache_behavior).map(behaviorOf),
  ],
  errors: blocks(attributes.custom_error_response).map((error) => ({
    code: Number(error.error_code),
    minimumTtl: Number(error.error_caching_min_ttl ?? DEFAULT_ERROR_TTL_SECONDS),
    responseCode: error.response_code ? Number(error.response_code) : undefined,
    pagePath: optionalText(error.response_page_path),
  })),
  defaultRootObject: text(attributes.default_root_object),
});

export function cachePolicyOf(attributes: Attributes): CachePolicy {
  const parts = block(attributes.parameters_in_cache_key_and_forwarded_to_origin);
  const encodings = { br: parts.enable_accept_encoding_brotli, gzip: parts.enable_accept_encoding_gzip };
  return {
    minimumTtl: Number(attributes.min_ttl ?? 0),
    defaultTtl: Number(attributes.default_ttl ?? 86_400),
    maximumTtl: Number(attributes.max_ttl ?? 31_536_000),
    key: requestPartsOf(parts),
    encodings: (["br", "gzip"] as const).filter((encoding) => encodings[encoding] === true),
  };
}

export const requestPartsOf = (attributes: Attributes): RequestParts => ({
  headers: selectionOf(block(attributes.headers_config), "header", (name) => name.toLowerCase()),
  cookies: selectionOf(block(attributes.cookies_config), "cookie"),
  query: selectionOf(block(attributes.query_strings_config), "query_string"),
});

export function responseHeadersPolicyOf(attributes: Attributes): ResponseHeadersPolicy {
  const security = block(attributes.security_headers_config);
  const custom = blocks(block(attributes.custom_headers_config).items);
  const removed = blocks(block(attributes.remove_headers_config).items);
  const added = Object.entries(SECURITY_HEADERS).flatMap(([argument, [name, render]]) =>
    blocks(security[argument]).map((header) => ({ name, value: render(header), override: header.override === true })),
  );
  return {
    added: [
      ...added,
      ...custom.map(({ header, value, override }) => ({
        name: text(header).toLowerCase(),
        value: text(value),
        override: override === true,
      })),
    ],
    removed: removed.map(({ header }) => text(header).toLowerCase()),
  };
}

const SECURITY_HEADERS: Readonly<Record<string, readonly [name: string, render: (header: Attributes) => string]>> = {
  content_security_policy: ["content-security-policy", (header) => text(header.content_security_policy)],
  content_type_options: ["x-content-type-options", () => "nosniff"],
  frame_options: ["x-frame-options", (header) => text(header.frame_option)],
  referrer_policy: ["referrer-policy", (header) => text(header.referrer_policy)],
  strict_transport_security: [
    "strict-transport-security",
    ({ access_control_max_age_sec: seconds, include_subdomains, preload }) =>
      [`max-age=${Number(seconds)}`, include_subdomains === true && "includeSubDomains", preload === true && "preload"]
        .filter(Boolean)
        .join("; "),
  ],
  xss_protection: [
    "x-xss-protection",
    ({ protection, mode_block }) => `${protection === true ? 1 : 0}${mode_block === true ? "; mode=block" : ""}`,
  ],
};

function originOf(origin: Attributes): Origin {
  const { origin_read_timeout } = block(origin.custom_origin_config);
  return {
    id: text(origin.origin_id),
    domainName: text(origin.domain_name),
    path: text(origin.origin_path),
    customHeaders: blocks(origin.custom_header).map(({ name, value }) => [text(name), text(value)] as const),
    readTimeout: Number(origin_read_timeout ?? DEFAULT_READ_TIMEOUT_SECONDS) * 1000,
  };
}

const behaviorOf = (behavior: Attributes): Behavior => ({
  pathPattern: text(behavior.path_pattern) || "*",
  originId: text(behavior.target_origin_id),
  allowedMethods: new Set(behavior.allowed_methods as string[]),
  compress: behavior.compress === true,
  cachePolicyId: text(behavior.cache_policy_id),
  originRequestPolicyId: optionalText(behavior.origin_request_policy_id),
  responseHeadersPolicyId: optionalText(behavior.response_headers_policy_id),
});

function selectionOf(config: Attributes, kind: string, form: (name: string) => string = (name) => name): Selection {
  const told = text(config[`${kind}_behavior`]) || "none";
  const { items } = block(config[kind === "query_string" ? "query_strings" : `${kind}s`]);
  return {
    behavior: /^allExcept/.test(told)
      ? "allExcept"
      : /^all/.test(told)
        ? "all"
        : told === "none"
          ? "none"
          : "whitelist",
    names: new Set(((items ?? []) as string[]).map(form)),
  };
}

export function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function optionalText(value: unknown): string | undefined {
  return text(value) || undefined;
}

function blocks(value: unknown): Attributes[] {
  return (value ?? []) as Attributes[];
}

function block(value: unknown): Attributes {
  return blocks(value)[0] ?? {};
}
