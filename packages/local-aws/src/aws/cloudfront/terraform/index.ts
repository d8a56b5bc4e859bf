import type { TerraformParts } from "../../../provider/resource-handler.ts";
import type { Distributions } from "../distributions.ts";
import type { Policies } from "../policies.ts";
import { cachePolicyResource } from "./cache-policy.ts";
import { distributionResource } from "./distribution.ts";
import { functionResource } from "./function.ts";
import { originRequestPolicyResource } from "./origin-request-policy.ts";
import type { PolicyIdentifiers } from "./policy.ts";
import { responseHeadersPolicyResource } from "./response-headers-policy.ts";

export interface TerraformDependencies extends PolicyIdentifiers {
  readonly distributions: Distributions;
  readonly policies: Policies;
}

/** The resource types. Changes take effect immediately. */
export function cloudFrontTerraform({
  distributions,
  policies,
  newId,
  newPolicyId,
}: TerraformDependencies): TerraformParts {
  const identifiers = { newId, newPolicyId };
  return {
    resources: [
      distributionResource({ distributions, policies, newId }),
      cachePolicyResource(policies, identifiers),
      originRequestPolicyResource(policies, identifiers),
      responseHeadersPolicyResource(policies, identifiers),
      functionResource,
    ],
  };
}
