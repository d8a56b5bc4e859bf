import { ElasticacheParameterGroup } from "@cdktf/provider-aws/lib/elasticache-parameter-group/index.js";
import { ElasticacheReplicationGroup } from "@cdktf/provider-aws/lib/elasticache-replication-group/index.js";
import { ElasticacheSubnetGroup } from "@cdktf/provider-aws/lib/elasticache-subnet-group/index.js";
import { ElasticacheUser } from "@cdktf/provider-aws/lib/elasticache-user/index.js";
import { ElasticacheUserGroup } from "@cdktf/provider-aws/lib/elasticache-user-group/index.js";
import { Fn } from "cdktf";
import type { Construct } from "constructs";
import { BaseStack, type StackProps } from "./base/base-stack.ts";
import type { Published } from "./base/outputs.ts";
import type { VpcOutputs } from "./vpc.ts";

export interface ElasticacheOutputs {
  /** `host:port`. */
  readonly endpoint: string;
  readonly cacheName: string;
  readonly cacheArn: string;
  /** The first node, which is a dimension of the metrics. */
  readonly firstNode: string;
  /** Empty when the cache has no authentication. */
  readonly userName: string;
  readonly userArn: string;
}

export interface ElasticacheStackProps extends StackProps {
  readonly vpc: Published<VpcOutputs>;
}

/** The application may read and write keys, but not inspect or configure the server. */
const ACCESS = "on ~* resetchannels -@all +@read +@write +@connection -@dangerous -@admin";

/** The Valkey cache of the Files API. Everything in it can be recomputed from the database. */
export class ElasticacheStack extends BaseStack {
  readonly outputs: Published<ElasticacheOutputs>;

  constructor(scope: Construct, id: string, props: ElasticacheStackProps) {
    super(scope, id, props);
    const vpc = this.read(props.vpc);
    const { auth } = this.environment.cache;
    const user = auth === "iam" ? this.#user() : undefined;
    const cache = this.#cache(vpc, user);
    this.outputs = this.publish({
      endpoint: `${cache.primaryEndpointAddress}:${this.#port(cache)}`,
      cacheName: cache.replicationGroupId,
      cacheArn: cache.arn,
      firstNode: `${cache.replicationGroupId}-001`, // ElastiCache numbers the nodes, starting at one.
      userName: user?.userName ?? "",
      userArn: user?.arn ?? "",
    });
  }

  /**
   * Without a configured port the service chooses one, and the provider reports it only if it is not Valkey's default.
   */
  #port(cache: ElasticacheReplicationGroup): string {
    const { port } = this.environment.cache;
    return port === undefined ? Fn.coalesce([cache.getNumberAttribute("port"), 6379]) : String(port);
  }

  #cache(vpc: VpcOutputs, user: ElasticacheUser | undefined): ElasticacheReplicationGroup {
    const { cache, dataOnDestroy } = this.environment;
    const subnets = new ElasticacheSubnetGroup(this, "Subnets", {
      name: this.physicalName("subnetGroup", "cache"),
      description: "Subnets without a route to the internet",
      subnetIds: [...vpc.databaseSubnetIds],
    });
    const parameters = new ElasticacheParameterGroup(this, "Parameters", {
      name: this.physicalName("parameterGroup", "cache-valkey8"),
      description: "A full cache forgets what was used least recently",
      family: "valkey8",
      parameter: [{ name: "maxmemory-policy", value: "allkeys-lru" }],
      lifecycle: { createBeforeDestroy: true },
    });
    const users = user && this.#userGroup(user);
    return new ElasticacheReplicationGroup(this, "Cache", {
      replicationGroupId: this.physicalName("cache", "cache"),
      description: "Cache of the Files API",
      engine: "valkey",
      engineVersion: "8.0",
      autoMinorVersionUpgrade: "true",
      nodeType: cache.nodeType,
      numCacheClusters: cache.nodes,
      automaticFailoverEnabled: cache.nodes > 1,
      multiAzEnabled: cache.nodes > 1,
      ...(cache.port !== undefined && { port: cache.port }),
      subnetGroupName: subnets.name,
      securityGroupIds: [vpc.cacheSecurityGroupId],
      parameterGroupName: parameters.name,
      atRestEncryptionEnabled: "true",
      transitEncryptionEnabled: cache.tls === "on",
      ...(cache.tls === "on" && { transitEncryptionMode: "required" }),
      ...(users && { userGroupIds: [users.userGroupId] }),
      snapshotRetentionLimit: 1,
      snapshotWindow: "02:00-03:00",
      maintenanceWindow: "sun:04:30-sun:05:30",
      applyImmediately: dataOnDestroy === "delete",
    });
  }

  /**
   * A user with IAM authentication, for which ID and name must be equal:
   * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html
   */
  #user(): ElasticacheUser {
    const name = this.physicalName("cacheUser", "files");
    return new ElasticacheUser(this, "User", {
      userId: name,
      userName: name,
      engine: "valkey",
      authenticationMode: { type: "iam" },
      accessString: ACCESS,
    });
  }

  #userGroup(user: ElasticacheUser): ElasticacheUserGroup {
    return new ElasticacheUserGroup(this, "Users", {
      userGroupId: this.physicalName("cacheUser", "cache"),
      engine: "valkey",
      userIds: [user.userId],
    });
  }
}
