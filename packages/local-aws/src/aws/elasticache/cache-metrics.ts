import { CpuMeter } from "../../runtime/cpu-meter.ts";
import type { Sample } from "../cloudwatch/sampler.ts";
import type { CacheServer } from "./cache-server.ts";
import type { Caches } from "./caches.ts";
import type { CacheUsage } from "./usage-policy.ts";

type Server = Pick<CacheServer, "connections" | "usage">;

const NOTHING: CacheUsage = { hits: 0, misses: 0, busySeconds: 0 };

/**
 * Measures the nodes of running replication groups. A stopped one has no metrics, as on AWS. Only the primary node is a
 * server. It never evicts entries, because its memory is not limited, so there is no metric of its memory either.
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.Redis.html
 */
export class CacheMetrics {
  readonly #caches: Caches;
  readonly #meter = new CpuMeter();
  readonly #last = new WeakMap<Server, CacheUsage>();

  constructor(caches: Caches) {
    this.#caches = caches;
  }

  /** What has happened since the last call. */
  samples(): Sample[] {
    return this.#caches.definitions().flatMap(({ name, attributes }) => {
      const server = this.#caches.serverOf(name);
      if (!server) return [];
      const nodes = (attributes.member_clusters ?? []) as readonly string[];
      return nodes.map((CacheClusterId, index) => ({
        namespace: "AWS/ElastiCache",
        dimensions: { CacheClusterId },
        values: index === 0 ? this.#primaryValues(name, server) : { CurrConnections: 0 },
      }));
    });
  }

  #primaryValues(name: string, server: Server): Sample["values"] {
    const { connections, usage } = server;
    const last = this.#last.get(server) ?? NOTHING;
    this.#last.set(server, usage);
    const cpus = this.#meter.cpus(name, usage.busySeconds);
    return {
      CurrConnections: connections,
      CacheHits: usage.hits - last.hits,
      CacheMisses: usage.misses - last.misses,
      Evictions: 0,
      ...(cpus !== undefined && { EngineCPUUtilization: 100 * cpus }),
    };
  }
}
