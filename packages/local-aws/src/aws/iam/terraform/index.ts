import type { TerraformParts } from "../../../provider/resource.ts";
import type { InstanceProfiles } from "../instance-profiles.ts";
import { iamGroup } from "./group.ts";
import { instanceProfileResource } from "./instance-profile.ts";
import { iamOpenidConnectProvider } from "./openid-connect-provider.ts";
import { iamPolicy } from "./policy.ts";
import { policyDocumentDataSource } from "./policy-document.ts";
import { iamRole } from "./role.ts";
import { iamUser } from "./user.ts";

export function iamTerraform(profiles: InstanceProfiles): TerraformParts {
  return {
    resources: [iamGroup, instanceProfileResource(profiles), iamOpenidConnectProvider, iamPolicy, iamRole, iamUser],
    dataSources: [policyDocumentDataSource],
  };
}
