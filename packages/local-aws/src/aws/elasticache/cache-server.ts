import { once } from "node:events";
import type { Socket } from "node:net";
import { createRedisCommandExecutor, RedisServerState, Resp2Server } from "js-redis-server/core";
import { type Authenticate, authenticationPolicy } from "./authentication.ts";
import { type CacheUsage, UsagePolicy } from "./usage-policy.ts";

/** The version whose commands and replies are emulated. */
const COMPATIBILITY = "valkey-8.0";

/** The number of databases on ElastiCache without cluster mode. */
const DATABASES = 16;

/** Makes the server require authentication. It is never compared, because the authentication policy handles `AUTH`. */
const PLACEHOLDER_PASSWORD = " ";

/** A Valkey server on the loopback interface, in this process. It stores its keys in memory only. */
export class CacheServer {
  readonly port: number;
  readonly #server: Resp2Server;
  readonly #policy: UsagePolicy;
  readonly #connections = new Set<Socket>();

  private constructor(server: Resp2Server, port: number, policy: UsagePolicy) {
    this.#server = server;
    this.#policy = policy;
    this.port = port;
    server.server.on("connection", (socket) => {
      this.#connections.add(socket);
      socket.once("close", () => this.#connections.delete(socket));
    });
  }

  /**
   * @param authenticate undefined for a cache without authentication.
   * @throws Error `EADDRINUSE`.
   */
  static async start(port: number, authenticate: Authenticate | undefined): Promise<CacheServer> {
    const state = new RedisServerState({
      databaseCount: DATABASES,
      compatibility: COMPATIBILITY,
      ...(authenticate && { requirepass: PLACEHOLDER_PASSWORD }),
    });
    const usage = new UsagePolicy();
    const executor = createRedisCommandExecutor({
      compatibility: COMPATIBILITY,
      policies: [...(authenticate ? [authenticationPolicy(authenticate)] : []), usage],
    });
    const resp = new Resp2Server({ server: state, executor });
    const server = new CacheServer(resp, port, usage);
    resp.server.listen(port, "127.0.0.1"); // Resp2Server.listen() would listen on all interfaces.
    await once(resp.server, "listening");
    return server;
  }

  /** The number of open connections. */
  get connections(): number {
    return this.#connections.size;
  }

  get usage(): CacheUsage {
    return this.#policy.usage;
  }

  /** Closes all connections. */
  async stop(): Promise<void> {
    const closed = this.#server.close();
    for (const socket of this.#connections) socket.destroy();
    await closed;
  }
}
