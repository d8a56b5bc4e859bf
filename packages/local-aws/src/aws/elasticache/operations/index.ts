import type { ElastiCacheContext } from "./context.ts";
import { describeReplicationGroups } from "./describe-replication-groups.ts";

/** Terraform creates and configures caches; the API describes them. */
export function elastiCacheOperations(context: ElastiCacheContext) {
  return {
    DescribeReplicationGroups: describeReplicationGroups(context),
  };
}
