import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { json } from "node:stream/consumers";
import type { Fault } from "./faults.ts";
import type { OwnRoute } from "./gateway/server.ts";
import type { Attachment } from "./provider/server.ts";

/** Below this path the gateway's port answers for the local AWS itself. No AWS API has it. */
const PREFIX = "/_local/";

export interface ControlApiOptions {
  readonly token: string;
  attach(directory: string): Promise<Attachment>;
  readonly faults: Readonly<Record<string, Fault>>;
}

/**
 * What other commands of the same user ask of a running instance, with the token out of its data folder:
 *
 * - `POST /_local/attach` `{"directory"}`: opens a port to the provider for a Terraform that works there, and answers `{"port"}`. The port stays open
 *   as long as the answer is not ended by the caller.
 * - `PUT` or `DELETE /_local/faults/<name>`: begins or ends a fault.
 */
export function controlApi({ token, attach, faults }: ControlApiOptions): OwnRoute {
  const routes = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!isBearer(request, token)) return answer(response, 401, { message: "the instance's token is needed" });
    const [route, name = ""] = (request.url ?? "").slice(PREFIX.length).split("/");
    if (route === "attach" && request.method === "POST") {
      const { directory } = (await json(request)) as { directory: string };
      const attachment = await attach(directory);
      response.once("close", () => attachment.close());
      response
        .writeHead(200, { "content-type": "application/json" })
        .write(`${JSON.stringify({ port: attachment.port })}\n`);
      return;
    }
    const fault = route === "faults" ? faults[name] : undefined;
    if (!fault) return answer(response, 404, { message: `no such route; faults: ${Object.keys(faults).join(", ")}` });
    if (request.method === "PUT") await fault.begin();
    else if (request.method === "DELETE") await fault.end();
    else return answer(response, 405, { message: "PUT begins a fault, DELETE ends it" });
    answer(response, 200, {});
  };
  return (request, response) => {
    if (!request.url?.startsWith(PREFIX)) return false;
    routes(request, response).catch((error: Error) => answer(response, 500, { message: error.message }));
    return true;
  };
}

function isBearer(request: IncomingMessage, token: string): boolean {
  const given = Buffer.from(request.headers.authorization ?? "");
  const expected = Buffer.from(`Bearer ${token}`);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
