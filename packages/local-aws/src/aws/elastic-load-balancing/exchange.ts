import type { ServerResponse } from "node:http";
import { type Answer, ownAnswer } from "./answers.ts";
import type { ListenerRequest } from "./listener-request.ts";
import type { Listener } from "./model.ts";

/** A request, and the way back to the client. */
export class Exchange {
  readonly request: ListenerRequest;
  readonly response: ServerResponse;
  /** Milliseconds for which a target may be silent. */
  readonly idleTimeout: number;
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

  /** Writes the first part of an answer, with the listener's own headers; false when HTTP does not allow what is in it. */
  sendHead({ status, statusText, headers }: Omit<Answer, "body">): boolean {
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

  /** Sends an answer that is there whole; one that HTTP does not allow is a bad gateway. */
  send(answer: Answer): void {
    const { status, body } = answer;
    const hasBody = status !== 204 && status !== 304;
    const length: Answer["headers"] = hasBody ? [["Content-Length", String(body.length)]] : [];
    if (!this.sendHead({ ...answer, headers: [...answer.headers, ...length] })) this.send(ownAnswer(502));
    else this.response.end(hasBody && this.request.method !== "HEAD" ? body : undefined);
  }

  /** Answers in the target's place, or breaks off what the target began. */
  fail(status: number): void {
    if (this.response.headersSent) this.response.destroy();
    else this.send(ownAnswer(status));
  }
}
