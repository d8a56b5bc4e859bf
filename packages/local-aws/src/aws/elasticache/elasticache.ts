import { type Access, queryService } from "../../gateway/protocol.ts";
import type { AwsService } from "../../gateway/service.ts";
import type { TerraformParts } from "../../provider/resource.ts";
import { AwsError } from "../../runtime/error.ts";
import { isFree, type Ports } from "../../runtime/ports.ts";
import type { Authenticate } from "./authentication.ts";
import { CacheServer } from "./cache-server.ts";
import { describeReplicationGroups } from "./operations/describe-replication-groups.ts";
import { elastiCacheTerraform } from "./terraform.ts";
import { Users } from "./users.ts";

export interface ElastiCacheOptions {
  readonly ports: Ports;
  readonly access: Access;
}

/** How a cache is to run. */
export interface CacheDefinition {
  /** Replication group id, or name of a serverless cache. */
  readonly name: string;
  readonly port: number;
  readonly authenticate: Authenticate | undefined;
  /** As recorded, for the API. */
  readonly attributes: Readonly<Record<string, unknown>>;
}

interface Cache {
  definition: CacheDefinition;
  server: CacheServer | undefined;
}

/** ElastiCache for Valkey: each cache is one server in this process. No TLS, no cluster mode, no persistence, no replicas. */
export class ElastiCache {
  readonly service: AwsService;
  readonly terraform: TerraformParts;
  readonly #ports: Ports;
  readonly #caches = new Map<string, Cache>();

  constructor({ ports, access }: ElastiCacheOptions) {
    this.#ports = ports;
    this.service = queryService(
      {
        signingName: "elasticache",
        namespace: "http://elasticache.amazonaws.com/doc/2015-02-02/",
        operations: { DescribeReplicationGroups: describeReplicationGroups(this) },
      },
      access,
    );
    this.terraform = elastiCacheTerraform(this, new Users(access));
  }

  /** Starts the cache, or changes who may enter the running one. Connections that are in stay in. */
  async run(definition: CacheDefinition): Promise<void> {
    const cache = this.#caches.get(definition.name) ?? { definition, server: undefined };
    const wasOpen = cache.definition.authenticate === undefined;
    cache.definition = definition;
    this.#caches.set(definition.name, cache);
    if (cache.server && wasOpen !== (definition.authenticate === undefined)) await this.stop(definition.name);
    if (!cache.server) await this.start(definition.name);
  }

  definitions(): CacheDefinition[] {
    return [...this.#caches.values()].map(({ definition }) => definition);
  }

  /** Where a running cache listens. */
  portOf(name: string): number | undefined {
    return this.#caches.get(name)?.server?.port;
  }

  isRunning(name: string): boolean {
    return this.portOf(name) !== undefined;
  }

  /** A free port, the same one each time while it is free. */
  choosePort(name: string): Promise<number> {
    return this.#ports.claim(portName(name));
  }

  /** Takes the cache away with what it holds, as the loss of its nodes would. */
  async stop(name: string): Promise<void> {
    const cache = this.#get(name);
    const { server } = cache;
    cache.server = undefined;
    await server?.stop();
  }

  /** Starts a stopped cache, empty: on its port or, when another program took that, on a free one. */
  async start(name: string): Promise<void> {
    const cache = this.#get(name);
    if (cache.server) return;
    const { port } = cache.definition;
    cache.server = await CacheServer.start(
      (await isFree(port)) ? port : await this.choosePort(name),
      cache.definition.authenticate && ((user, password) => cache.definition.authenticate?.(user, password) ?? true),
    );
  }

  async remove(name: string): Promise<void> {
    if (this.#caches.has(name)) await this.stop(name);
    this.#caches.delete(name);
    this.#ports.release(portName(name));
  }

  /** Stops all servers. */
  async close(): Promise<void> {
    await Promise.all([...this.#caches.keys()].map((name) => this.stop(name)));
  }

  #get(name: string): Cache {
    const cache = this.#caches.get(name);
    if (!cache) throw new AwsError("ReplicationGroupNotFoundFault", `ReplicationGroup ${name} not found.`, 404);
    return cache;
  }
}

function portName(name: string): string {
  return `elasticache/${name}`;
}
