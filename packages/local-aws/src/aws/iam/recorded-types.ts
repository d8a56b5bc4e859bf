import type { ResourceHandler } from "../../provider/resource.ts";
import { iamGroup } from "./terraform/group.ts";
import { iamOpenidConnectProvider } from "./terraform/openid-connect-provider.ts";
import { iamPolicy } from "./terraform/policy.ts";
import { iamRole } from "./terraform/role.ts";
import { iamUser } from "./terraform/user.ts";

/** Resource types of which nothing lives on this machine: they are recorded, with ids and ARNs of the right form. */
export const iamRecordedTypes: readonly ResourceHandler[] = [
  iamGroup,
  iamOpenidConnectProvider,
  iamPolicy,
  iamRole,
  iamUser,
];
