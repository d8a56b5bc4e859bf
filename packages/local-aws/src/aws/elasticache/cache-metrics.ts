import type { Sample } from "../cloudwatch/sampler.ts";
import type { Caches } from "./caches.ts";

/**
 * The connections of the nodes of running replication groups. A stopped one has no metrics, as on AWS.
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.Redis.html
 */
export function cacheSamples(caches: Caches): Sample[] {
  return caches.definitions().flatMap(({ name, attributes }) => {
    const connections = caches.connectionsOf(name);
    if (connections === undefined) return [];
    const nodes = (attributes.member_clusters ?? []) as readonly string[];
    return nodes.map((CacheClusterId, index) => ({
      namespace: "AWS/ElastiCache",
      dimensions: { CacheClusterId },
      values: { CurrConnections: index === 0 ? connections : 0 },
    }));
  });
}
