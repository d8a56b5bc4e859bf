import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** After which a request is given up. The emulator answers within milliseconds, but for the first one to a service, whose modules it then loads. */
const PATIENCE_MS = 180_000;

/** Of one connection, or of a body that has not been read whole. */
const OF_A_CONNECTION = new Set(["connection", "expect", "keep-alive", "transfer-encoding"]);

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
}

/**
 * Stands before the emulator and lets one request at a time through, in the order in which they came. The emulator serves each in a thread of its own and
 * guards its data against none of the others, so that two at once can end in an error 500 or overwrite each other. It loses nothing by it: Python
 * runs one thread at a time anyway.
 */
export class Turnstile {
  /** Port of the loopback interface. */
  readonly port: number;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
  }

  /** @param port of the loopback interface where requests are led to. */
  static async start(port: number): Promise<Turnstile> {
    let last: Promise<unknown> = Promise.resolve();
    const server = createServer({ keepAliveTimeout: 60_000 }, async (incoming, response) => {
      try {
        const body = await buffer(incoming);
        const answer = last.then(() => pass(port, incoming, body));
        last = answer.catch(() => {});
        give(response, await answer);
      } catch (error) {
        response.writeHead(502).end(String(error));
      }
    });
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(0, "127.0.0.1", resolve);
    });
    return new Turnstile(server);
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

/** The host stays as it was asked for: the emulator makes addresses of it, which lead here again. */
function pass(port: number, { method, url, headers }: IncomingMessage, body: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request({
      host: "127.0.0.1",
      port,
      method,
      path: url,
      headers: { ...withoutConnection(headers), "content-length": body.length },
      agent: false,
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    outgoing.on("error", reject);
    outgoing.on("response", (answer) => {
      buffer(answer).then(
        (read) => resolve({ status: answer.statusCode ?? 502, headers: withoutConnection(answer.headers), body: read }),
        reject,
      );
    });
    outgoing.end(body);
  });
}

function give(response: ServerResponse, { status, headers, body }: Answer): void {
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) response.setHeader(name, value);
  response.statusCode = status;
  response.end(body);
}

function withoutConnection(headers: IncomingMessage["headers"]): IncomingMessage["headers"] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !OF_A_CONNECTION.has(name)));
}
