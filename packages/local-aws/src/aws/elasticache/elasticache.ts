import { type Access, queryService } from "../../gateway/protocol.ts";
import type { AwsService } from "../../gateway/service.ts";
import type { TerraformParts } from "../../provider/resource-handler.ts";
import type { Ports } from "../../runtime/ports.ts";
import type { Sample } from "../cloudwatch/sampler.ts";
import { CacheMetrics } from "./cache-metrics.ts";
import { Caches } from "./caches.ts";
import { elastiCacheOperations } from "./operations/index.ts";
import { elastiCacheTerraform } from "./terraform/index.ts";
import { Users } from "./users.ts";

export interface ElastiCacheOptions {
  readonly ports: Ports;
  readonly access: Access;
}

/**
 * ElastiCache for Valkey. Each cache is a server in this process, without TLS, cluster mode, persistence or replicas.
 */
export class ElastiCache {
  readonly service: AwsService;
  readonly terraform: TerraformParts;
  readonly caches: Caches;
  readonly #metrics: CacheMetrics;

  constructor({ ports, access }: ElastiCacheOptions) {
    this.caches = new Caches(ports);
    this.#metrics = new CacheMetrics(this.caches);
    this.service = queryService(
      {
        signingName: "elasticache",
        namespace: "http://elasticache.amazonaws.com/doc/2015-02-02/",
        operations: elastiCacheOperations({ caches: this.caches }),
      },
      access,
    );
    this.terraform = elastiCacheTerraform(this.caches, new Users(access));
  }

  /** Values for the metrics of the nodes. */
  samples(): Sample[] {
    return this.#metrics.samples();
  }

  /** Stops all caches. */
  close(): Promise<void> {
    return this.caches.close();
  }
}
