import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/**
 * Timeout of a request. The emulator responds within milliseconds, except to the first request of a service, for which
 * it loads modules.
 */
const TIMEOUT_MS = 180_000;

/** Headers of one connection, or of a body that is transferred in chunks. */
const CONNECTION_HEADERS = new Set(["connection", "expect", "keep-alive", "transfer-encoding"]);

interface BufferedResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
}

/**
 * A reverse proxy that forwards one request at a time, in the order of arrival. The emulator handles each request in
 * its own thread without locking its data, so concurrent requests can fail with error 500 or overwrite each other. This
 * costs no time: Python runs one thread at a time anyway.
 */
export class SerializingProxy {
  /** The port of the loopback interface that the proxy listens on. */
  readonly port: number;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
  }

  /** @param port the port of the loopback interface to forward requests to. */
  static async start(port: number): Promise<SerializingProxy> {
    let previous: Promise<unknown> = Promise.resolve();
    const server = createServer({ keepAliveTimeout: 60_000 }, async (incoming, response) => {
      try {
        const body = await buffer(incoming);
        const forwarded = previous.then(() => forward(port, incoming, body));
        previous = forwarded.catch(() => {});
        send(response, await forwarded);
      } catch (error) {
        response.writeHead(502).end(String(error));
      }
    });
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(0, "127.0.0.1", resolve);
    });
    return new SerializingProxy(server);
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

/** Keeps the Host header: the emulator builds URLs from it, which must lead to this proxy. */
function forward(port: number, { method, url, headers }: IncomingMessage, body: Buffer): Promise<BufferedResponse> {
  return new Promise((resolve, reject) => {
    const outgoing = request({
      host: "127.0.0.1",
      port,
      method,
      path: url,
      headers: { ...withoutConnection(headers), "content-length": body.length },
      agent: false,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    outgoing.on("error", reject);
    outgoing.on("response", (incoming) => {
      buffer(incoming).then(
        (content) =>
          resolve({ status: incoming.statusCode ?? 502, headers: withoutConnection(incoming.headers), body: content }),
        reject,
      );
    });
    outgoing.end(body);
  });
}

function send(response: ServerResponse, { status, headers, body }: BufferedResponse): void {
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) response.setHeader(name, value);
  response.statusCode = status;
  response.end(body);
}

function withoutConnection(headers: IncomingMessage["headers"]): IncomingMessage["headers"] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !CONNECTION_HEADERS.has(name)));
}
