import type { Call } from "../../../gateway/protocol.ts";
import { arn } from "../../../runtime/account.ts";
import { AwsError } from "../../../runtime/error.ts";
import type { CacheDefinition, ElastiCache } from "../elasticache.ts";

interface Input {
  readonly ReplicationGroupId?: string;
}

export const describeReplicationGroups =
  (caches: Pick<ElastiCache, "definitions" | "isRunning" | "portOf">) =>
  ({ ReplicationGroupId: id }: Input, call: Call): object => {
    call.authorize("elasticache:DescribeReplicationGroups", arn("elasticache", `replicationgroup:${id ?? "*"}`));
    const groups = caches
      .definitions()
      .filter(({ attributes, name }) => attributes.replication_group_id === name && (id === undefined || id === name));
    if (id !== undefined && groups.length === 0) {
      throw new AwsError("ReplicationGroupNotFoundFault", `ReplicationGroup ${id} not found.`, 404);
    }
    const describe = ({ name, port, attributes }: CacheDefinition) => ({
      ReplicationGroupId: name,
      ARN: attributes.arn,
      Description: attributes.description,
      Status: caches.isRunning(name) ? "available" : "creating",
      Engine: attributes.engine,
      MemberClusters: { ClusterId: attributes.member_clusters },
      NodeGroups: {
        NodeGroup: {
          NodeGroupId: "0001",
          Status: caches.isRunning(name) ? "available" : "creating",
          PrimaryEndpoint: { Address: "127.0.0.1", Port: caches.portOf(name) ?? port },
          ReaderEndpoint: { Address: "127.0.0.1", Port: caches.portOf(name) ?? port },
        },
      },
      ClusterEnabled: false,
      CacheNodeType: attributes.node_type,
    });
    return { ReplicationGroups: { ReplicationGroup: groups.map(describe) } };
  };
