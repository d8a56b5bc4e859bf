import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html: 6 MB, and some room that Lambda gives the answer. */
export const MAX_RESPONSE_BYTES = 6_291_556;

/** What the runtime in the sandbox tells its host. */
export interface RuntimeEvents {
  /** It asks for work: initialised, or done with the last invocation. */
  next(): void;
  response(requestId: string, payload: string): void;
  /** The answer was longer than {@link MAX_RESPONSE_BYTES}. */
  responseTooLarge(requestId: string): void;
  error(requestId: string, payload: string): void;
  initError(payload: string): void;
}

/**
 * The host's side of one sandbox's Runtime API, on a loopback port of its own: the port is how the host knows who calls.
 * https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export class RuntimeApi {
  readonly #events: RuntimeEvents;
  readonly #server: Server;
  #waiting: ServerResponse | undefined;

  constructor(events: RuntimeEvents) {
    this.#events = events;
    this.#server = createServer((request, response) => void this.#handle(request, response));
    // an idle connection belongs to a function that is working or frozen, for as long as it takes
    this.#server.keepAliveTimeout = 0;
  }

  /** Listens, and returns the value of `AWS_LAMBDA_RUNTIME_API`. */
  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Answers the runtime's waiting request for work. */
  deliver(headers: Readonly<Record<string, string>>, payload: string): void {
    const response = this.#waiting;
    this.#waiting = undefined;
    response?.writeHead(200, { "content-type": "application/json", ...headers }).end(payload);
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url?.replace("/2018-06-01/runtime", "") ?? "";
    if (path === "/invocation/next") {
      this.#waiting = response;
      this.#events.next();
      return;
    }
    const body = await readBody(request).catch(() => undefined);
    if (body === undefined) return; // the sandbox ended in the middle of it; its exit is reported elsewhere
    const [, requestId = "", kind] = /^\/invocation\/([^/]+)\/(response|error)$/.exec(path) ?? [];
    const tooLarge = body.length > MAX_RESPONSE_BYTES;
    response.writeHead(tooLarge ? 413 : 202, { "content-type": "application/json" }).end('{"status":"OK"}');
    if (path === "/init/error") this.#events.initError(body.toString());
    else if (kind === "error") this.#events.error(requestId, body.toString());
    else if (kind === "response" && tooLarge) this.#events.responseTooLarge(requestId);
    else if (kind === "response") this.#events.response(requestId, body.toString());
  }
}

/** What is over the limit is read, so that the sender gets its answer, but not kept. */
async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    if (length <= MAX_RESPONSE_BYTES) chunks.push(chunk);
    length += chunk.length;
  }
  return Buffer.concat(chunks);
}
