import type { ElastiCache } from "./aws/elasticache/elasticache.ts";
import type { Rds } from "./aws/rds/rds.ts";
import type { Fault } from "./faults.ts";

/** Stops all database instances. */
export function databaseFault(rds: Rds): Fault {
  const all = () => rds.instances.recorded().map(({ instance }) => instance.identifier);
  return {
    begin: async () => void (await Promise.all(all().map((identifier) => rds.instances.stop(identifier)))),
    end: async () => void (await Promise.all(all().map((identifier) => rds.instances.start(identifier)))),
  };
}

/** Stops all caches, which lose their data. */
export function cacheFault(elasticache: ElastiCache): Fault {
  const all = () => elasticache.caches.definitions().map(({ name }) => name);
  return {
    begin: async () => void (await Promise.all(all().map((name) => elasticache.caches.stop(name)))),
    end: async () => void (await Promise.all(all().map((name) => elasticache.caches.start(name)))),
  };
}
