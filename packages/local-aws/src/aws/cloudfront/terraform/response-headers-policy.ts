import { block, blocks, text } from "../../../provider/attributes.ts";
import type { Attributes, ResourceHandler } from "../../../provider/resource-handler.ts";
import type { Policies } from "../policies.ts";
import type { ResponseHeadersPolicy } from "../response-headers-policy.ts";
import { type PolicyIdentifiers, policyHandler } from "./policy.ts";

export function responseHeadersPolicyResource(policies: Policies, identifiers: PolicyIdentifiers): ResourceHandler {
  return policyHandler(
    "aws_cloudfront_response_headers_policy",
    policies.responseHeadersPolicies,
    responseHeadersPolicyOf,
    identifiers,
  );
}

function responseHeadersPolicyOf(attributes: Attributes): ResponseHeadersPolicy {
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

/** Header name and value by argument. */
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
