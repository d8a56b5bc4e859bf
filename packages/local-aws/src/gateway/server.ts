import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { toXml } from "./protocol.ts";
import type { AwsService } from "./service.ts";
import { credentialScope } from "./signature.ts";

/** Unsigned requests go to S3, the only service that serves them. */
const UNSIGNED = "s3";

/**
 * Handles requests to the control API of the local AWS, before they are dispatched to services. Returns false for
 * others.
 */
export type ControlRoute = (request: IncomingMessage, response: ServerResponse) => boolean;

/**
 * One loopback port for every AWS API, as `AWS_ENDPOINT_URL` requires. The service of a request is determined from its
 * signature.
 */
export class Gateway {
  readonly #services: ReadonlyMap<string, AwsService>;
  readonly #server: Server;

  constructor(services: readonly AwsService[], controlRoute: ControlRoute = () => false) {
    this.#services = new Map(services.map((service) => [service.signingName, service]));
    this.#server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
      if (controlRoute(request, response)) return;
      this.#dispatch(request, response).catch((error) => {
        console.error(error);
        response.destroy();
      });
    });
    this.#server.requestTimeout = 0; // Uploads have no time limit.
  }

  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(port, "127.0.0.1", resolve);
    });
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  async #dispatch(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const signed = { method: request.method ?? "GET", url: request.url ?? "/", headers: request.headers };
    const name = credentialScope(signed)?.service ?? UNSIGNED;
    const service = this.#services.get(name);
    if (service) return service.handle(request, response);
    request.resume();
    const message = `The local AWS has no service "${name}". Its services: ${[...this.#services.keys()].sort().join(", ")}.`;
    sendError(request, response, "UnknownServiceException", message);
  }
}

/** Sends an error in the format of the client: clients of the query protocol send a form and expect XML. */
function sendError(request: IncomingMessage, response: ServerResponse, code: string, message: string): void {
  const wantsXml = request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded") ?? false;
  const contentType = wantsXml ? "text/xml" : "application/json";
  const body = wantsXml
    ? `<ErrorResponse>${toXml({ Error: { Type: "Sender", Code: code, Message: message } })}</ErrorResponse>`
    : JSON.stringify({ __type: code, message });
  response.writeHead(501, { "content-type": contentType, "x-amzn-errortype": code }).end(body);
}
