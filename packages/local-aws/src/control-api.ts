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
 * The API by which other commands of the same user control a running instance, with the token from its data folder:
 *
 * - `POST /_local/attach` `{"directory"}`: opens a port to the provider for a Terraform that works there, and answers
 *   `{"port"}`. The port stays open until the caller ends the response.
 * - `PUT` or `DELETE /_local/faults/<name>`: begins or ends a fault.
 */
export function controlApi({ token, attach, faults }: ControlApiOptions): OwnRoute {
  const routes = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!isBearer(request, token)) return respond(response, 401, { message: "The token of the instance is required." });
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
    if (!fault)
      return respond(response, 404, { message: `There is no such route. Faults: ${Object.keys(faults).join(", ")}` });
    if (request.method === "PUT") await fault.begin();
    else if (request.method === "DELETE") await fault.end();
    else return respond(response, 405, { message: "PUT begins a fault and DELETE ends it." });
    respond(response, 200, {});
  };
  return (request, response) => {
    if (!request.url?.startsWith(PREFIX)) return false;
    routes(request, response).catch((error: Error) => respond(response, 500, { message: error.message }));
    return true;
  };
}

function isBearer(request: IncomingMessage, token: string): boolean {
  const given = Buffer.from(request.headers.authorization ?? "");
  const expected = Buffer.from(`Bearer ${token}`);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function respond(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
