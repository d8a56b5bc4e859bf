import type { Ports } from "./runtime/ports.ts";

/** The loopback ports of servers, by the `host:port` that programs connect to. */
export type LocalHosts = Readonly<Record<string, number>>;

/** A server outside of AWS that runs on this machine in place of the real one. */
export interface LocalHost {
  /** Listens on the loopback interface. */
  listen(port: number): Promise<unknown>;
  close(): Promise<void>;
}

/**
 * The servers outside of AWS that deployed programs use. Programs reach them under their real names, so no program
 * needs another address for a local deployment.
 */
export class Hosts {
  readonly #servers: Readonly<Record<string, LocalHost>>;
  readonly #ports: Ports;
  #claimed: LocalHosts = {};

  /** @param servers by the `host:port` that programs connect to, in lower case. */
  constructor(servers: Readonly<Record<string, LocalHost>>, ports: Ports) {
    this.#servers = servers;
    this.#ports = ports;
  }

  /** Empty until {@link start} has resolved. */
  get ports(): LocalHosts {
    return this.#claimed;
  }

  async start(): Promise<void> {
    const claimed: Record<string, number> = {};
    for (const [name, server] of Object.entries(this.#servers)) {
      const port = await this.#ports.claim(`hosts/${name}`);
      await server.listen(port);
      claimed[name] = port;
    }
    this.#claimed = claimed;
  }

  async close(): Promise<void> {
    await Promise.all(Object.values(this.#servers).map((server) => server.close()));
  }
}
