import type { Call } from "../../../gateway/protocol.ts";
import { AwsError } from "../../../runtime/error.ts";
import { type CacheDefinition, type Caches, replicationGroupArn } from "../caches.ts";
import type { ElastiCacheContext } from "./context.ts";

interface Input {
  readonly ReplicationGroupId?: string;
}

type DescribedCaches = Pick<Caches, "definitions" | "isRunning" | "portOf">;

export const describeReplicationGroups =
  ({ caches }: ElastiCacheContext) =>
  ({ ReplicationGroupId: id }: Input, call: Call): object => {
    call.authorize("elasticache:DescribeReplicationGroups", replicationGroupArn(id ?? "*"));
    const groups = caches
      .definitions()
      .filter(({ attributes, name }) => attributes.replication_group_id === name && (id === undefined || id === name));
    if (id !== undefined && groups.length === 0) {
      throw new AwsError("ReplicationGroupNotFoundFault", `ReplicationGroup ${id} not found.`, 404);
    }
    return { ReplicationGroups: { ReplicationGroup: groups.map((group) => describeReplicationGroup(caches, group)) } };
  };

function describeReplicationGroup(caches: DescribedCaches, { name, port, attributes }: CacheDefinition): object {
  const status = caches.isRunning(name) ? "available" : "creating";
  const endpoint = { Address: "127.0.0.1", Port: caches.portOf(name) ?? port };
  return {
    ReplicationGroupId: name,
    ARN: attributes.arn,
    Description: attributes.description,
    Status: status,
    Engine: attributes.engine,
    MemberClusters: { ClusterId: attributes.member_clusters },
    NodeGroups: {
      NodeGroup: { NodeGroupId: "0001", Status: status, PrimaryEndpoint: endpoint, ReaderEndpoint: endpoint },
    },
    ClusterEnabled: false,
    CacheNodeType: attributes.node_type,
  };
}
