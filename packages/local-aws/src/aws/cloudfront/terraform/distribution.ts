import { block, blocks, optionalText, text } from "../../../provider/attributes.ts";
import type { Attributes, ResourceHandler } from "../../../provider/resource-handler.ts";
import { AwsError } from "../../../runtime/error.ts";
import { type Behavior, DEFAULT_ERROR_TTL_SECONDS, type Distribution, type Origin } from "../distribution.ts";
import type { Distributions } from "../distributions.ts";
import type { Policies } from "../policies.ts";

/** Hosted zone of all distributions: https://docs.aws.amazon.com/Route53/latest/APIReference/API_AliasTarget.html */
const HOSTED_ZONE_ID = "Z2FDTNDATAQYW2";

const DEFAULT_READ_TIMEOUT_SECONDS = 30;

export interface DistributionDependencies {
  readonly distributions: Distributions;
  readonly policies: Policies;
  readonly newId: (prefix: string) => string;
}

export function distributionResource({ distributions, policies, newId }: DistributionDependencies): ResourceHandler {
  const check = (planned: Attributes) => {
    for (const { cachePolicyId, originRequestPolicyId, responseHeadersPolicyId } of distributionOf(planned).behaviors) {
      if (cachePolicyId === "") {
        throw new AwsError(
          "InvalidArgument",
          "The local AWS requires a cache policy (cache_policy_id) and does not support forwarded_values.",
        );
      }
      policies.cache(cachePolicyId);
      policies.originRequest(originRequestPolicyId);
      policies.responseHeaders(responseHeadersPolicyId);
    }
  };
  return {
    type: "aws_cloudfront_distribution",
    identifiers: { arn: "cloudfront::@:distribution/{id}" },
    async create(planned) {
      check(planned);
      const id = newId("E");
      const { address } = await distributions.open(distributionOf({ ...planned, id }));
      return {
        id,
        domain_name: address,
        hosted_zone_id: HOSTED_ZONE_ID,
        status: "Deployed",
        etag: newId("E"),
        caller_reference: `terraform-${newId("")}`,
        in_progress_validation_batches: 0,
        trusted_key_groups: [{ enabled: false, items: [] }],
        trusted_signers: [{ enabled: false, items: [] }],
      };
    },
    update(planned) {
      check(planned);
      return { etag: newId("E") };
    },
    start: async (attributes) => void (await distributions.open(distributionOf(attributes))),
    read: ({ id }) => ({ domain_name: distributions.find(text(id))?.address }),
    delete: ({ id }) => distributions.delete(text(id)),
  };
}

function distributionOf(attributes: Attributes): Distribution {
  return {
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
  };
}

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

function behaviorOf(behavior: Attributes): Behavior {
  return {
    pathPattern: text(behavior.path_pattern) || "*",
    originId: text(behavior.target_origin_id),
    allowedMethods: new Set(behavior.allowed_methods as string[]),
    compress: behavior.compress === true,
    cachePolicyId: text(behavior.cache_policy_id),
    originRequestPolicyId: optionalText(behavior.origin_request_policy_id),
    responseHeadersPolicyId: optionalText(behavior.response_headers_policy_id),
  };
}
