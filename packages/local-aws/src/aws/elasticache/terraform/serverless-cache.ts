import { block, number, optionalText, text } from "../../../provider/attributes.ts";
import type { ResourceHandler } from "../../../provider/resource-handler.ts";
import type { Caches } from "../caches.ts";
import type { Users } from "../users.ts";

const ADDRESS = "127.0.0.1";

export function serverlessCacheResource(caches: Caches, users: Users): ResourceHandler {
  return {
    type: "aws_elasticache_serverless_cache",
    identifiers: { arn: "elasticache:*:serverlesscache:{name}" },
    identity: ({ name }) => optionalText(name),

    async create(planned) {
      const endpoint = [{ address: ADDRESS, port: await caches.claimPort(text(planned.name)) }];
      return {
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
      const name = text(attributes.name);
      const group = optionalText(attributes.user_group_id);
      return caches.run({
        name,
        port: number(block(attributes.endpoint).port, 0),
        authenticate: group === undefined ? undefined : users.authenticator(name, text(attributes.arn), [group]),
        attributes,
      });
    },

    read(attributes) {
      const port = caches.portOf(text(attributes.name));
      if (port === undefined) return attributes;
      const endpoint = [{ address: ADDRESS, port }];
      return { ...attributes, endpoint, reader_endpoint: endpoint };
    },

    delete: ({ name }) => caches.delete(text(name)),
  };
}
