import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { readBody } from "../../../http/read-body.ts";

/**
 * 6 MB and the additional 100 bytes that Lambda allows:
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export const MAX_RESPONSE_BYTES = 6_291_556;

/** Calls of the runtime. */
export interface RuntimeEvents {
  /** Requests an invocation: the runtime is initialized, or has completed the last invocation. */
  next(): void;
  response(requestId: string, payload: string): void;
  /** The response is larger than {@link MAX_RESPONSE_BYTES}. */
  responseTooLarge(requestId: string): void;
  error(requestId: string, payload: string): void;
  initError(payload: string): void;
}

/**
 * The Runtime API of one execution environment, on a loopback port of its own, which identifies the environment.
 * https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export class RuntimeApi {
  readonly #events: RuntimeEvents;
  readonly #server: Server;
  #pending: ServerResponse | undefined;

  constructor(events: RuntimeEvents) {
    this.#events = events;
    this.#server = createServer((request, response) => void this.#handle(request, response));
    // A connection is idle while the function runs or is frozen, for any length of time.
    this.#server.keepAliveTimeout = 0;
  }

  /** Listens, and returns the value of `AWS_LAMBDA_RUNTIME_API`. */
  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Responds to the pending request of the runtime for an invocation. */
  deliver(headers: Readonly<Record<string, string>>, payload: string): void {
    const response = this.#pending;
    this.#pending = undefined;
    response?.writeHead(200, { "content-type": "application/json", ...headers }).end(payload);
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url?.replace("/2018-06-01/runtime", "") ?? "";
    if (path === "/invocation/next") {
      this.#pending = response;
      this.#events.next();
      return;
    }
    const read = await readBody(request, MAX_RESPONSE_BYTES).catch(() => undefined);
    if (!read) return; // The environment ended during the request; its exit is reported separately.
    const [, requestId = "", kind] = /^\/invocation\/([^/]+)\/(response|error)$/.exec(path) ?? [];
    const { body, isTooLarge } = read;
    response.writeHead(isTooLarge ? 413 : 202, { "content-type": "application/json" }).end('{"status":"OK"}');
    if (path === "/init/error") this.#events.initError(body.toString());
    else if (kind === "error") this.#events.error(requestId, body.toString());
    else if (kind === "response" && isTooLarge) this.#events.responseTooLarge(requestId);
    else if (kind === "response") this.#events.response(requestId, body.toString());
  }
}
