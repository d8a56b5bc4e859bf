import { connect as connectTcp, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { encodeCommand, ProtocolError, type Reply, ReplyParser, RespError } from "./resp.ts";
import type { CacheSettings } from "./settings.ts";

/** The connection is closed. Whether the server executed the command is unknown. */
export class ConnectionClosedError extends Error {
  override readonly name = "ConnectionClosedError";
  readonly code = "ConnectionClosed";
}

/**
 * A connection to Valkey. Commands are sent without waiting for the replies to earlier ones, which arrive in the same
 * order. After a failure it stays closed.
 */
export class ValkeyConnection {
  readonly #socket: Socket;
  readonly #parser = new ReplyParser();
  /** The commands without a reply, oldest first. */
  readonly #waiting: PromiseWithResolvers<Reply>[] = [];
  #failure: Error | undefined;

  /** Begins to connect. Commands that are sent before the connection is established wait for it. */
  constructor({ endpoint: { host, port }, tls }: CacheSettings) {
    this.#socket = tls ? connectTls({ host, port, servername: host }) : connectTcp({ host, port });
    // Without it, a command would wait until the server has acknowledged the one before it.
    this.#socket.setNoDelay(true);
    this.#socket.on("data", (chunk: Buffer) => this.#receive(chunk));
    this.#socket.on("error", (cause) => this.#fail(closed("The connection to the cache failed", { cause })));
    this.#socket.on("close", () => this.#fail(closed("The cache closed the connection")));
  }

  /** @throws RespError when the server rejects the command, ConnectionClosedError, ProtocolError */
  send(command: readonly string[]): Promise<Reply> {
    if (this.#failure) return Promise.reject(this.#failure);
    const reply = Promise.withResolvers<Reply>();
    this.#waiting.push(reply);
    this.#socket.write(encodeCommand(command));
    return reply.promise;
  }

  close(): void {
    this.#fail(closed("The connection to the cache was closed"));
  }

  #receive(chunk: Buffer): void {
    try {
      for (const reply of this.#parser.push(chunk)) {
        const command = this.#waiting.shift();
        if (!command) throw new ProtocolError();
        if (reply instanceof RespError) command.reject(reply);
        else command.resolve(reply);
      }
    } catch (error) {
      this.#fail(error instanceof Error ? error : new ProtocolError());
    }
  }

  #fail(error: Error): void {
    if (this.#failure) return;
    this.#failure = error;
    this.#socket.destroy();
    for (const command of this.#waiting.splice(0)) command.reject(error);
  }
}

const closed = (message: string, options?: ErrorOptions) => new ConnectionClosedError(message, options);
