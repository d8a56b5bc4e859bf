import { arn } from "../../runtime/account.ts";
import { AwsError } from "../../runtime/error.ts";
import { isFree, type Ports } from "../../runtime/ports.ts";
import type { Authenticate } from "./authentication.ts";
import { CacheServer } from "./cache-server.ts";

/** The configuration of a cache. */
export interface CacheDefinition {
  /** Id of the replication group, or name of the serverless cache. */
  readonly name: string;
  readonly port: number;
  /** Undefined for a cache without authentication. */
  readonly authenticate: Authenticate | undefined;
  /** The attributes that Terraform recorded. */
  readonly attributes: Readonly<Record<string, unknown>>;
}

interface Cache {
  definition: CacheDefinition;
  /** Undefined while the cache is stopped. */
  server: CacheServer | undefined;
}

export const replicationGroupArn = (id: string): string => arn("elasticache", `replicationgroup:${id}`);

/** All caches: replication groups and serverless caches. */
export class Caches {
  readonly #ports: Ports;
  readonly #caches = new Map<string, Cache>();

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  definitions(): CacheDefinition[] {
    return [...this.#caches.values()].map(({ definition }) => definition);
  }

  /** The port of a running cache. */
  portOf(name: string): number | undefined {
    return this.#caches.get(name)?.server?.port;
  }

  /** The server of a running cache. */
  serverOf(name: string): Pick<CacheServer, "connections" | "usage"> | undefined {
    return this.#caches.get(name)?.server;
  }

  isRunning(name: string): boolean {
    return this.portOf(name) !== undefined;
  }

  /** Starts a cache, or changes who may connect to the running one. Open connections remain authenticated. */
  async run(definition: CacheDefinition): Promise<void> {
    const cache = this.#caches.get(definition.name) ?? { definition, server: undefined };
    const hadAuthentication = cache.definition.authenticate !== undefined;
    const hasAuthentication = definition.authenticate !== undefined;
    cache.definition = definition;
    this.#caches.set(definition.name, cache);
    if (cache.server && hadAuthentication !== hasAuthentication) await this.stop(definition.name);
    if (!cache.server) await this.start(definition.name);
  }

  /**
   * Starts a stopped cache, which is empty, on the port of its definition or, if another program uses that, on a free
   * one.
   */
  async start(name: string): Promise<void> {
    const cache = this.#get(name);
    if (cache.server) return;
    const { port, authenticate } = cache.definition;
    cache.server = await CacheServer.start(
      (await isFree(port)) ? port : await this.claimPort(name),
      // Reads the definition at each login, because an update changes it while the server runs.
      authenticate && ((user, password) => cache.definition.authenticate?.(user, password) ?? true),
    );
  }

  /** Stops a cache, which loses its data and its connections. */
  async stop(name: string): Promise<void> {
    const cache = this.#get(name);
    const { server } = cache;
    cache.server = undefined;
    await server?.stop();
  }

  async delete(name: string): Promise<void> {
    if (this.#caches.has(name)) await this.stop(name);
    this.#caches.delete(name);
    this.#ports.release(portName(name));
  }

  /** Returns a free port, which is the same for each call as long as it is free. */
  claimPort(name: string): Promise<number> {
    return this.#ports.claim(portName(name));
  }

  /** Stops all caches. */
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
