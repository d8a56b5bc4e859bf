import type { TerraformParts } from "../../../provider/resource.ts";
import type { Distributions } from "../distributions.ts";
import type { Policies } from "../policies.ts";
import { cachePolicy } from "./cache-policy.ts";
import { distribution } from "./distribution.ts";
import { cloudfrontFunction } from "./function.ts";
import { originRequestPolicy } from "./origin-request-policy.ts";
import type { PolicyIdentifiers } from "./policy.ts";
import { responseHeadersPolicy } from "./response-headers-policy.ts";

export interface TerraformDependencies extends PolicyIdentifiers {
  readonly distributions: Distributions;
  readonly policies: Policies;
}

/** The resource types. Changes take effect at once. */
export function cloudFrontTerraform({
  distributions,
  policies,
  newId,
  newPolicyId,
}: TerraformDependencies): TerraformParts {
  const identifiers = { newId, newPolicyId };
  return {
    resources: [
      distribution({ distributions, policies, newId }),
      cachePolicy(policies, identifiers),
      originRequestPolicy(policies, identifiers),
      responseHeadersPolicy(policies, identifiers),
      cloudfrontFunction,
    ],
  };
}
