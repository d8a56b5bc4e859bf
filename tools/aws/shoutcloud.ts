import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { EmulatedServer } from "./emulated-server.ts";

/** How SHOUTCLOUD fails: it never responds, or responds with HTML. */
export type ShoutcloudFault = "slow" | "nonsense";

/**
 * Emulates http://API.SHOUTCLOUD.IO/V1/SHOUT: accepts JSON with `INPUT`, responds with the same JSON and `OUTPUT`, and
 * rejects every content type except `application/json`.
 */
export class Shoutcloud {
  readonly #faults = new Set<ShoutcloudFault>();
  readonly #server = new EmulatedServer((request, response) => this.#serve(request, response));

  /** See {@link EmulatedServer.listen}. */
  listen(port: number): Promise<number> {
    return this.#server.listen(port);
  }

  /** Listens again on the same port, after {@link close}. */
  reopen(): Promise<void> {
    return this.#server.reopen();
  }

  begin(fault: ShoutcloudFault): void {
    this.#faults.add(fault);
  }

  end(fault: ShoutcloudFault): void {
    this.#faults.delete(fault);
  }

  close(): Promise<void> {
    return this.#server.close();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request).catch(() => undefined);
    if (body === undefined || this.#faults.has("slow")) return; // Until the client times out.
    if (this.#faults.has("nonsense")) return void response.end("<html>WE ARE MOVING TO A LOUDER CLOUD</html>");
    if (request.url !== "/V1/SHOUT" || request.method !== "POST") return reject(response, 404, "404 page not found");
    const input = request.headers["content-type"] === "application/json" ? inputOf(body) : undefined;
    if (input === undefined) return reject(response, 400, "Bad Request");
    response
      .writeHead(200, { "content-type": "application/json" })
      .end(JSON.stringify({ INPUT: input, OUTPUT: upperCase(input) }));
  }
}

function reject(response: ServerResponse, status: number, message: string): void {
  response
    .writeHead(status, { "content-type": "text/plain; charset=utf-8", "x-content-type-options": "nosniff" })
    .end(`${message}\n`);
}

/** The `INPUT`, empty when it is missing; undefined when the body is not JSON, or `INPUT` is not a string. */
function inputOf(body: string): string | undefined {
  try {
    const { INPUT: input = "" } = JSON.parse(body) as { INPUT?: unknown };
    return typeof input === "string" ? input.toWellFormed() : undefined;
  } catch {
    return undefined;
  }
}

/** Converts character by character, like Go: ß is unchanged, because its uppercase form has two characters. */
function upperCase(input: string): string {
  return Array.from(input, (character) => {
    const upper = character.toUpperCase();
    return Array.from(upper).length === 1 ? upper : character;
  }).join("");
}
