import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export interface RecordedRequest {
  readonly action: string;
  readonly body: string;
}

/** A loopback HTTP server that returns prepared responses in the wire formats of AWS, and records the requests. */
export class FakeAws {
  readonly requests: RecordedRequest[] = [];
  readonly #responses = new Map<string, { readonly status: number; readonly body: string }>();
  readonly #server = createServer({ keepAliveTimeout: 60_000 }, async (request, response) => {
    const body = await text(request);
    const action = actionOf(request, body);
    this.requests.push({ action, body });
    const prepared = this.#responses.get(action) ?? { status: 404, body: "" };
    response.writeHead(prepared.status).end(request.method === "HEAD" ? undefined : prepared.body);
  });

  /** @param action the `Action` of a form, the `X-Amz-Target` header, or method and path. */
  respond(action: string, status: number, body = ""): void {
    this.#responses.set(action, { status, body });
  }

  /** @returns the endpoint for SDK clients. */
  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }
}

function actionOf(request: IncomingMessage, body: string): string {
  const form = new URLSearchParams(body).get("Action");
  return form ?? request.headers["x-amz-target"]?.toString() ?? `${request.method} ${request.url}`;
}
