import type { Caches } from "../caches.ts";
import { describeReplicationGroups } from "./describe-replication-groups.ts";

/** Terraform creates and configures caches; the API describes them. */
export function elastiCacheOperations(caches: Caches) {
  return {
    DescribeReplicationGroups: describeReplicationGroups(caches),
  };
}
