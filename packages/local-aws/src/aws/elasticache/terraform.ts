import type { TerraformParts } from "../../provider/resource.ts";
import type { ElastiCache } from "./elasticache.ts";
import { replicationGroupHandler } from "./terraform/replication-group.ts";
import { serverlessCacheHandler } from "./terraform/serverless-cache.ts";
import { userGroupAssociationHandler, userGroupHandler, userHandler } from "./terraform/user.ts";
import type { Users } from "./users.ts";

/** Parameter and subnet groups need no handler: nothing of them lives on this machine. */
export function elastiCacheTerraform(caches: ElastiCache, users: Users): TerraformParts {
  return {
    resources: [
      userHandler(users),
      userGroupHandler(users),
      userGroupAssociationHandler(users),
      replicationGroupHandler(caches, users),
      serverlessCacheHandler(caches, users),
    ],
  };
}
