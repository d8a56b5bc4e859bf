import type { Attributes, ResourceHandler } from "../../../provider/resource.ts";
import { UNKNOWN } from "../../../provider/unknown.ts";
import { arn } from "../../../runtime/account.ts";
import { AwsError } from "../../../runtime/error.ts";
import type { Authenticate } from "../authentication.ts";
import type { ElastiCache } from "../elasticache.ts";
import { tokenAuthenticator, type Users } from "../users.ts";
import { portFor } from "./port.ts";

const ADDRESS = "127.0.0.1";

/** Values that ElastiCache gives to what the configuration leaves open. */
const DEFAULTS: Attributes = {
  at_rest_encryption_enabled: "false",
  auto_minor_version_upgrade: "true",
  cluster_enabled: false,
  cluster_mode: "disabled",
  configuration_endpoint_address: "",
  engine_version: "8.0",
  engine_version_actual: "8.0.1",
  ip_discovery: "ipv4",
  maintenance_window: "sun:05:00-sun:06:00",
  network_type: "ipv4",
  node_type: "cache.t4g.micro",
  num_node_groups: 1,
  parameter_group_name: "default.valkey8",
  snapshot_window: "03:00-04:00",
  subnet_group_name: "default",
};

/** `aws_elasticache_replication_group`: one server, which is primary and reader at once. */
export function replicationGroupHandler(caches: ElastiCache, users: Users): ResourceHandler {
  return {
    type: "aws_elasticache_replication_group",
    identity: ({ replication_group_id: id }) => (typeof id === "string" ? id : undefined),

    // The schema does not call the port computed, yet the real provider fills it in; so does this one, and keeps it.
    plan(planned, prior) {
      planned.port ??= prior ? prior.port : UNKNOWN;
    },

    async create(planned) {
      if (typeof planned.num_node_groups === "number" && planned.num_node_groups > 1) {
        throw new AwsError("UnsupportedOperation", "The local stand-in has no cluster mode (num_node_groups > 1).");
      }
      const id = String(planned.replication_group_id);
      const nodes = typeof planned.num_cache_clusters === "number" ? planned.num_cache_clusters : 1;
      return {
        ...DEFAULTS,
        id,
        arn: arn("elasticache", `replicationgroup:${id}`),
        port: await portFor(caches, id, planned.port),
        primary_endpoint_address: ADDRESS,
        reader_endpoint_address: ADDRESS,
        num_cache_clusters: nodes,
        replicas_per_node_group: nodes - 1,
        member_clusters: memberClusters(id, nodes),
      };
    },

    update(planned, prior) {
      const nodes = Number(planned.num_cache_clusters ?? prior.num_cache_clusters);
      return { member_clusters: memberClusters(String(prior.id), nodes) };
    },

    start: (attributes) =>
      caches.run({
        name: String(attributes.replication_group_id),
        port: Number(attributes.port),
        authenticate: authenticatorOf(attributes, users),
        attributes,
      }),

    read: (attributes) => ({
      ...attributes,
      port: caches.portOf(String(attributes.replication_group_id)) ?? attributes.port,
    }),

    delete: ({ replication_group_id: id }) => caches.remove(String(id)),
  };
}

function authenticatorOf(attributes: Attributes, users: Users): Authenticate | undefined {
  const groups = (attributes.user_group_ids ?? []) as string[];
  if (groups.length > 0) {
    return users.authenticator(String(attributes.replication_group_id), String(attributes.arn), groups);
  }
  return typeof attributes.auth_token === "string" ? tokenAuthenticator(attributes.auth_token) : undefined;
}

/** ElastiCache numbers the nodes from one. */
function memberClusters(id: string, nodes: number): string[] {
  return Array.from({ length: nodes }, (_, index) => `${id}-${String(index + 1).padStart(3, "0")}`);
}
