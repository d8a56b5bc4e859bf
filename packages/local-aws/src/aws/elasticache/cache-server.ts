import { once } from "node:events";
import type { Socket } from "node:net";
import { createRedisCommandExecutor, RedisServerState, Resp2Server } from "js-redis-server/core";
import { type Authenticate, authenticationPolicy } from "./authentication.ts";

/** The version whose commands and answers are played. */
const COMPATIBILITY = "valkey-8.0";

/** Databases of a node without cluster mode, as ElastiCache sets them. */
const DATABASES = 16;

/** What keeps connections out until they authenticate: a password that nobody can give, since `authenticate` decides alone. */
const NOBODYS_PASSWORD = " ";

/** A Valkey node on the loopback interface, in this process. It holds its keys in memory only, as a cache does. */
export class CacheServer {
  readonly port: number;
  readonly #server: Resp2Server;
  readonly #connections = new Set<Socket>();

  private constructor(server: Resp2Server, port: number) {
    this.#server = server;
    this.port = port;
    server.server.on("connection", (socket) => {
      this.#connections.add(socket);
      socket.once("close", () => this.#connections.delete(socket));
    });
  }

  /**
   * @param authenticate undefined for a cache that asks nobody who they are.
   * @throws Error `EADDRINUSE`
   */
  static async start(port: number, authenticate: Authenticate | undefined): Promise<CacheServer> {
    const state = new RedisServerState({
      databaseCount: DATABASES,
      compatibility: COMPATIBILITY,
      ...(authenticate && { requirepass: NOBODYS_PASSWORD }),
    });
    const executor = createRedisCommandExecutor({
      compatibility: COMPATIBILITY,
      ...(authenticate && { policies: [authenticationPolicy(authenticate)] }),
    });
    const resp = new Resp2Server({ server: state, executor });
    const server = new CacheServer(resp, port);
    resp.server.listen(port, "127.0.0.1"); // the library's own listen() would open it to the network
    await once(resp.server, "listening");
    return server;
  }

  /** Breaks all connections, as the end of a node does. */
  async stop(): Promise<void> {
    const closed = this.#server.close();
    for (const socket of this.#connections) socket.destroy();
    await closed;
  }
}
