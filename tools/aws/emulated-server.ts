import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Serve = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

/** The server of an emulation: on the loopback interface, and on the same port whenever it is reopened. */
export class EmulatedServer {
  readonly #serve: Serve;
  #server: Server | undefined;
  #port = 0;

  constructor(serve: Serve) {
    this.#serve = serve;
  }

  /**
   * Starts listening, unless it is listening already.
   *
   * @param port 0 for any free port.
   * @returns the port.
   */
  async listen(port: number): Promise<number> {
    if (!this.#server) {
      const server = createServer(
        { keepAliveTimeout: 60_000 },
        (request, response) => void this.#serve(request, response),
      );
      await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
      this.#server = server;
      this.#port = (server.address() as AddressInfo).port;
    }
    return this.#port;
  }

  /** Listens again on the same port, after {@link close}. */
  async reopen(): Promise<void> {
    await this.listen(this.#port);
  }

  async close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (!server) return;
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }
}
