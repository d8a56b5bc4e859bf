import type { ResourceHandler } from "../../../provider/resource-handler.ts";
import type { Policies } from "../policies.ts";
import { type PolicyIdentifiers, policyHandler } from "./policy.ts";
import { requestPartsOf } from "./request-parts.ts";

export function originRequestPolicyResource(policies: Policies, identifiers: PolicyIdentifiers): ResourceHandler {
  return policyHandler("aws_cloudfront_origin_request_policy", policies.originRequests, requestPartsOf, identifiers);
}
