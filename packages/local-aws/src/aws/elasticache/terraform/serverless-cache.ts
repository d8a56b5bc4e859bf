import type { ResourceHandler } from "../../../provider/resource.ts";
import { arn } from "../../../runtime/account.ts";
import type { ElastiCache } from "../elasticache.ts";
import type { Users } from "../users.ts";
import { portFor } from "./port.ts";

const ADDRESS = "127.0.0.1";

export function serverlessCacheHandler(caches: ElastiCache, users: Users): ResourceHandler {
  return {
    type: "aws_elasticache_serverless_cache",
    identity: ({ name }) => (typeof name === "string" ? name : undefined),

    async create(planned) {
      const name = String(planned.name);
      const endpoint = [{ address: ADDRESS, port: await portFor(caches, name, undefined) }];
      return {
        id: name,
        arn: arn("elasticache", `serverlesscache:${name}`),
        endpoint,
        reader_endpoint: endpoint,
        status: "available",
        major_engine_version: "8",
        full_engine_version: "8.0",
        daily_snapshot_time: "03:00",
        snapshot_retention_limit: 0,
      };
    },

    start(attributes) {
      const [endpoint] = attributes.endpoint as { port: number }[];
      const { name, arn: cacheArn, user_group_id: group } = attributes;
      return caches.run({
        name: String(name),
        port: endpoint?.port ?? 0,
        authenticate: group ? users.authenticator(String(name), String(cacheArn), [String(group)]) : undefined,
        attributes,
      });
    },

    read(attributes) {
      const port = caches.portOf(String(attributes.name));
      if (port === undefined) return attributes;
      const endpoint = [{ address: ADDRESS, port }];
      return { ...attributes, endpoint, reader_endpoint: endpoint };
    },

    delete: ({ name }) => caches.remove(String(name)),
  };
}
