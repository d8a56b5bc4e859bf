import { block } from "../../../provider/attributes.ts";
import type { Attributes, ResourceHandler } from "../../../provider/resource-handler.ts";
import type { CachePolicy } from "../cache-policy.ts";
import type { Policies } from "../policies.ts";
import { type PolicyIdentifiers, policyHandler } from "./policy.ts";
import { requestPartsOf } from "./request-parts.ts";

export function cachePolicyResource(policies: Policies, identifiers: PolicyIdentifiers): ResourceHandler {
  return policyHandler("aws_cloudfront_cache_policy", policies.caches, cachePolicyOf, identifiers);
}

function cachePolicyOf(attributes: Attributes): CachePolicy {
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
