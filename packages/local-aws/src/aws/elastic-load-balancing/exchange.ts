import type { ServerResponse } from "node:http";
import type { Listener } from "./listener.ts";
import type { ListenerRequest } from "./listener-request.ts";
import { errorResponse, type ListenerResponse } from "./responses.ts";

/** A request, and the response to its client. */
export class Exchange {
  readonly request: ListenerRequest;
  readonly response: ServerResponse;
  /** Milliseconds that a target may take between two bytes. */
  readonly idleTimeout: number;
  /** The function, or target group and address of the target, that the request was forwarded to. */
  servedBy: string | undefined;
  /** The target group that the request was forwarded to. */
  targetGroupArn: string | undefined;
  /** Whether the load balancer responded with an error of its own. */
  hasFailed = false;
  readonly #listenerHeaders: Listener["responseHeaders"];

  constructor(
    request: ListenerRequest,
    response: ServerResponse,
    idleTimeout: number,
    listenerHeaders: Listener["responseHeaders"],
  ) {
    this.request = request;
    this.response = response;
    this.idleTimeout = idleTimeout;
    this.#listenerHeaders = listenerHeaders;
  }

  /** Writes status and headers, with those of the listener. Returns false if they are not valid in HTTP. */
  sendHead({ status, statusText, headers }: Omit<ListenerResponse, "body">): boolean {
    const own = Object.entries(this.#listenerHeaders);
    const replaced = new Set(own.map(([name]) => name.toLowerCase()));
    const added = own.filter((entry): entry is [string, string] => entry[1] !== null);
    const all = [...headers.filter(([name]) => !replaced.has(name.toLowerCase())), ...added].flat();
    try {
      if (statusText === undefined) this.response.writeHead(status, all);
      else this.response.writeHead(status, statusText, all);
      return true;
    } catch {
      return false;
    }
  }

  /** Sends a response; one that is not valid in HTTP is replaced by 502. */
  send(buffered: ListenerResponse): void {
    const { status, body } = buffered;
    const hasBody = status !== 204 && status !== 304;
    const length: ListenerResponse["headers"] = hasBody ? [["Content-Length", String(body.length)]] : [];
    if (!this.sendHead({ ...buffered, headers: [...buffered.headers, ...length] })) this.send(errorResponse(502));
    else this.response.end(hasBody && this.request.method !== "HEAD" ? body : undefined);
  }

  /** Sends the error page of a status, or closes the connection if the response has begun. */
  fail(status: number): void {
    this.hasFailed = true;
    if (this.response.headersSent) this.response.destroy();
    else this.send(errorResponse(status));
  }
}
