import type { Attributes, ResourceHandler, TerraformParts } from "../../provider/resource.ts";
import { arn } from "../../runtime/account.ts";
import { AwsError } from "../../runtime/error.ts";
import type { Edge } from "./edge.ts";
import { cachePolicyOf, distributionOf, requestPartsOf, responseHeadersPolicyOf, text } from "./model.ts";
import type { Policies } from "./policies.ts";

/** What the resources need of the service. */
export interface EdgeHost {
  readonly policies: Policies;
  newId(prefix: string): string;
  newPolicyId(): string;
  edge(id: string): Edge | undefined;
  open(attributes: Attributes): Promise<Edge>;
  delete(id: string): Promise<void>;
}

/** Route 53's id of the zone that holds all distributions: https://docs.aws.amazon.com/Route53/latest/APIReference/API_AliasTarget.html */
const HOSTED_ZONE_ID = "Z2FDTNDATAQYW2";

/** Distributions and their policies as Terraform resources. A change is live at once. */
export function cloudFrontTerraform(host: EdgeHost): TerraformParts {
  const { policies } = host;
  return {
    resources: [
      distributionResource(host),
      policyResource(host, "cache_policy", policies.caches, cachePolicyOf),
      policyResource(host, "origin_request_policy", policies.originRequests, requestPartsOf),
      policyResource(host, "response_headers_policy", policies.responseHeadersPolicies, responseHeadersPolicyOf),
    ],
  };
}

function distributionResource(host: EdgeHost): ResourceHandler {
  const check = (planned: Attributes) => {
    for (const { cachePolicyId, originRequestPolicyId, responseHeadersPolicyId } of distributionOf(planned).behaviors) {
      if (cachePolicyId === "") {
        throw new AwsError(
          "InvalidArgument",
          "The local stand-in wants a cache policy, and knows no forwarded_values.",
        );
      }
      host.policies.cache(cachePolicyId);
      host.policies.originRequest(originRequestPolicyId);
      host.policies.responseHeaders(responseHeadersPolicyId);
    }
  };
  return {
    type: "aws_cloudfront_distribution",
    identifiers: { id: (_, randomHex) => `E${randomHex(13).toUpperCase()}`, arn: "cloudfront::@:distribution/{id}" },
    async create(planned) {
      check(planned);
      const id = host.newId("E");
      const { address } = await host.open({ ...planned, id });
      return {
        id,
        arn: arn("cloudfront", `distribution/${id}`, "global"),
        domain_name: address,
        hosted_zone_id: HOSTED_ZONE_ID,
        status: "Deployed",
        etag: host.newId("E"),
        caller_reference: `terraform-${host.newId("")}`,
        in_progress_validation_batches: 0,
        trusted_key_groups: [{ enabled: false, items: [] }],
        trusted_signers: [{ enabled: false, items: [] }],
      };
    },
    update(planned) {
      check(planned);
      return { etag: host.newId("E") };
    },
    async start(attributes) {
      (await host.open(attributes)).distribution = distributionOf(attributes);
    },
    read: ({ id }) => ({ domain_name: host.edge(text(id))?.address }),
    delete: ({ id }) => host.delete(text(id)),
  };
}

function policyResource<Policy>(
  { newId, newPolicyId }: EdgeHost,
  kind: string,
  policies: Map<string, Policy>,
  parse: (attributes: Attributes) => Policy,
): ResourceHandler {
  return {
    type: `aws_cloudfront_${kind}`,
    identity: ({ name }) => text(name),
    create: () => ({ id: newPolicyId(), etag: newId("E") }),
    update: () => ({ etag: newId("E") }),
    start: (attributes) => void policies.set(text(attributes.id), parse(attributes)),
    delete: ({ id }) => void policies.delete(text(id)),
  };
}
