import type { TerraformParts } from "../../../provider/resource-handler.ts";
import type { InstanceProfiles } from "../instance-profiles.ts";
import { groupResource } from "./group.ts";
import { instanceProfileResource } from "./instance-profile.ts";
import { openidConnectProviderResource } from "./openid-connect-provider.ts";
import { policyResource } from "./policy.ts";
import { policyDocumentDataSource } from "./policy-document.ts";
import { roleResource } from "./role.ts";
import { userResource } from "./user.ts";

export function iamTerraform(profiles: InstanceProfiles): TerraformParts {
  return {
    resources: [
      groupResource,
      instanceProfileResource(profiles),
      openidConnectProviderResource,
      policyResource,
      roleResource,
      userResource,
    ],
    dataSources: [policyDocumentDataSource],
  };
}
