import type { TerraformParts } from "../../../provider/resource-handler.ts";
import type { Caches } from "../caches.ts";
import type { Users } from "../users.ts";
import { parameterGroupResource } from "./parameter-group.ts";
import { replicationGroupResource } from "./replication-group.ts";
import { serverlessCacheResource } from "./serverless-cache.ts";
import { subnetGroupResource } from "./subnet-group.ts";
import { userResource } from "./user.ts";
import { userGroupResource } from "./user-group.ts";
import { userGroupAssociationResource } from "./user-group-association.ts";

export function elastiCacheTerraform(caches: Caches, users: Users): TerraformParts {
  return {
    resources: [
      parameterGroupResource,
      replicationGroupResource(caches, users),
      serverlessCacheResource(caches, users),
      subnetGroupResource,
      userResource(users),
      userGroupResource(users),
      userGroupAssociationResource(users),
    ],
  };
}
