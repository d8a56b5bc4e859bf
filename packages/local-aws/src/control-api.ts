import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { json } from "node:stream/consumers";
import type { Fault } from "./faults.ts";
import type { ControlRoute } from "./gateway/server.ts";
import type { Attachment } from "./provider/server.ts";

/** The path prefix of the control API on the port of the gateway. No AWS API uses it. */
const PREFIX = "/_local/";

export interface ControlApiOptions {
  readonly token: string;
  attach(directory: string): Promise<Attachment>;
  readonly faults: Readonly<Record<string, Fault>>;
}

/**
 * The API by which other commands of the same user control a running instance, with the token from its data folder:
 *
 * - `POST /_local/attach` `{"directory"}`: opens a port to the provider for a Terraform process that runs there, and
 *   returns `{"port"}`. The port stays open until the caller ends the response.
 * - `PUT` or `DELETE /_local/faults/<name>`: starts or ends a fault.
 */
export function controlApi({ token, attach, faults }: ControlApiOptions): ControlRoute {
  const routes = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!isBearer(request, token)) {
      response.setHeader("www-authenticate", "Bearer");
      return respond(response, 401, { message: "A request requires the token of the instance." });
    }
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
    else return respond(response, 405, { message: "PUT starts a fault and DELETE ends it." });
    respond(response, 200, {});
  };
  return (request, response) => {
    if (!request.url?.startsWith(PREFIX)) return false;
    routes(request, response).catch((error: Error) => respond(response, 500, { message: error.message }));
    return true;
  };
}

function isBearer(request: IncomingMessage, token: string): boolean {
  const actual = Buffer.from(request.headers.authorization ?? "");
  const expected = Buffer.from(`Bearer ${token}`);
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

function respond(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
