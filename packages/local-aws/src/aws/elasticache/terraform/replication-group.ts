import { number, optionalText, text, texts } from "../../../provider/attributes.ts";
import type { Attributes, ResourceHandler } from "../../../provider/resource-handler.ts";
import { UNKNOWN } from "../../../provider/unknown.ts";
import { unsupported } from "../../../runtime/error.ts";
import { choosePort } from "../../../runtime/ports.ts";
import type { Authenticate } from "../authentication.ts";
import { type Caches, replicationGroupArn } from "../caches.ts";
import { tokenAuthenticator, type Users } from "../users.ts";

const ADDRESS = "127.0.0.1";

/** Values of ElastiCache for arguments that are not configured. */
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

/** `aws_elasticache_replication_group`. One server is both primary and reader. */
export function replicationGroupResource(caches: Caches, users: Users): ResourceHandler {
  return {
    type: "aws_elasticache_replication_group",
    identity: ({ replication_group_id: id }) => optionalText(id),

    // In the schema the port is not computed, but hashicorp/aws sets it nevertheless.
    plan(planned, prior) {
      planned.port ??= prior ? prior.port : UNKNOWN;
    },

    async create(planned) {
      if (number(planned.num_node_groups, 1) > 1) {
        throw unsupported("cluster mode (num_node_groups > 1)", { advice: "Use one node group." });
      }
      const id = text(planned.replication_group_id);
      const nodes = number(planned.num_cache_clusters, 1);
      return {
        ...DEFAULTS,
        id,
        arn: replicationGroupArn(id),
        port: await choosePort(planned.port, `the cache ${id}`, () => caches.claimPort(id)),
        primary_endpoint_address: ADDRESS,
        reader_endpoint_address: ADDRESS,
        num_cache_clusters: nodes,
        replicas_per_node_group: nodes - 1,
        member_clusters: memberClusters(id, nodes),
      };
    },

    update(planned, prior) {
      const nodes = Number(planned.num_cache_clusters ?? prior.num_cache_clusters);
      return { member_clusters: memberClusters(text(prior.id), nodes) };
    },

    start: (attributes) =>
      caches.run({
        name: text(attributes.replication_group_id),
        port: Number(attributes.port),
        authenticate: authenticatorOf(attributes, users),
        attributes,
      }),

    read: (attributes) => ({
      ...attributes,
      port: caches.portOf(text(attributes.replication_group_id)) ?? attributes.port,
    }),

    delete: ({ replication_group_id: id }) => caches.delete(text(id)),
  };
}

function authenticatorOf(attributes: Attributes, users: Users): Authenticate | undefined {
  const groups = texts(attributes.user_group_ids);
  if (groups.length > 0) {
    return users.authenticator(text(attributes.replication_group_id), text(attributes.arn), groups);
  }
  const token = optionalText(attributes.auth_token);
  return token === undefined ? undefined : tokenAuthenticator(token);
}

/** The IDs of the nodes, which ElastiCache numbers from 001. */
function memberClusters(id: string, nodes: number): string[] {
  return Array.from({ length: nodes }, (_, index) => `${id}-${String(index + 1).padStart(3, "0")}`);
}
