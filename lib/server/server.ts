import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { DatabaseUnavailableError } from "../database/database.ts";
import { HttpError, problemResponse, toHttpError } from "../http/http-error.ts";
import type { HttpResponse } from "../http/response.ts";
import { describeError, type Log } from "../log/log.ts";
import type { Clock } from "../time/clock.ts";
import { isCrossOrigin } from "./cross-origin.ts";
import { type RequestTracing, recordRequest } from "./record-request.ts";
import { readRequest, type ServerRequest } from "./request.ts";

export type RouteHandler = (request: ServerRequest) => Promise<HttpResponse> | HttpResponse;

/** Handlers by method and path, such as `GET /health`. A GET handler also serves HEAD. */
export type Routes = Readonly<Record<string, RouteHandler>>;

export interface ServerOptions {
  readonly routes: Routes;
  /** 0 selects a free port. */
  readonly port: number;
  readonly log: Log;
  readonly clock: Clock;
  readonly tracing: RequestTracing;
  /** The response to a browser in case of an error; other clients receive problem details as JSON. */
  readonly errorPage: (error: HttpError) => HttpResponse;
}

export interface RunningServer {
  readonly port: number;
  /** Stops accepting connections; resolves when every pending request has received its response. */
  stop(): Promise<void>;
}

/**
 * Longer than the idle timeout of the load balancer (60 s), so that the target never closes a connection on which the
 * load balancer is sending a request:
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html#http-502-issues
 */
const KEEP_ALIVE_MS = 75_000;

/** Time limit for receiving a request. */
const REQUEST_MS = 10_000;

/** Headers of every response. A page replaces the policy with one that allows its own content. */
const SECURITY_HEADERS = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
} as const;

/** Serves the routes until it is stopped. Each request is logged as one line, without query, headers or body. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { port, tracing } = options;
  const server = createServer({ requestTimeout: REQUEST_MS, keepAliveTimeout: KEEP_ALIVE_MS }, (message, response) => {
    void recordRequest(message, tracing, () => handle(message, response, options));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, resolve);
  });
  const address = server.address();
  return {
    port: address !== null && typeof address === "object" ? address.port : port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
}

/** The status, which no client receives, of a request whose connection the client closed before it was complete. */
const ABORTED = 499;

/** Sends and logs the response. @returns its status */
async function handle(message: IncomingMessage, response: ServerResponse, options: ServerOptions): Promise<number> {
  const { log } = options;
  try {
    return await serve(message, response, options);
  } catch (error) {
    log.debug("Request aborted", { error: describeError(error) });
    response.destroy();
    return ABORTED;
  }
}

async function serve(message: IncomingMessage, response: ServerResponse, options: ServerOptions): Promise<number> {
  const { log, clock } = options;
  const started = clock.now();
  const { request, response: content } = await respond(message, options);
  send(response, content, message.method === "HEAD");
  const { id: requestId, clientAddress } = request;
  const milliseconds = clock.now() - started;
  // Health checks arrive every few seconds and would hide the other requests.
  const line = request.path === "/health" && content.statusCode < 400 ? log.debug : log.info;
  line.call(log, "Request", {
    method: message.method,
    path: request.path,
    requestId,
    clientAddress,
    status: content.statusCode,
    milliseconds,
  });
  return content.statusCode;
}

type RequestSummary = Pick<ServerRequest, "id" | "path" | "clientAddress">;

interface Exchange {
  readonly request: RequestSummary;
  readonly response: HttpResponse;
}

async function respond(
  message: IncomingMessage,
  { routes, log, errorPage, tracing }: ServerOptions,
): Promise<Exchange> {
  const { traceId = "" } = tracing.tracer;
  let request: RequestSummary = { id: traceId, path: message.url ?? "/", clientAddress: "" };
  try {
    const read = await readRequest(message, traceId);
    request = read;
    return { request, response: await findHandler(routes, read)(read) };
  } catch (error) {
    if (message.destroyed && !message.complete) throw error;
    const httpError = toHttpError(error, translateError);
    if (httpError.status >= 500) {
      log.error("Request failed", { requestId: request.id, code: httpError.code, error: describeError(error) });
    }
    const isNavigation = message.method === "GET" && message.headers.accept?.includes("text/html") === true;
    return { request, response: isNavigation ? errorPage(httpError) : errorResponse(httpError, request) };
  }
}

function findHandler(routes: Routes, request: ServerRequest): RouteHandler {
  const { method, path, headers } = request;
  const handler = routes[`${method === "HEAD" ? "GET" : method} ${path}`];
  if (!handler) {
    const allowed = Object.keys(routes).flatMap((route) => (route.endsWith(` ${path}`) ? route.split(" ")[0] : []));
    if (allowed.length === 0) throw new HttpError(404, "RouteNotFound", "There is nothing at this address.");
    throw new HttpError(405, "MethodNotAllowed", `This address supports ${allowed.join(", ")}.`, {
      headers: { allow: allowed.join(", ") },
    });
  }
  if (isCrossOrigin(method, headers)) {
    throw new HttpError(403, "CrossOrigin", "Requests from other sites are not allowed.");
  }
  return handler;
}

/** The response to errors that any service may have. */
export function translateError(error: unknown): HttpError | undefined {
  if (error instanceof DatabaseUnavailableError) {
    return new HttpError(503, "DatabaseUnavailable", "The database does not respond. Try again in a moment.", {
      cause: error,
      headers: { "retry-after": "5" },
    });
  }
  return undefined;
}

/** Problem details, with the reason also in the member `error`, which the scripts of the pages read. */
function errorResponse({ status, code, message, headers }: HttpError, { path, id }: RequestSummary): HttpResponse {
  const extended = new HttpError(status, code, message, { headers, extensions: { error: message } });
  return problemResponse(extended, { instance: path, requestId: id, traceId: id });
}

function send(response: ServerResponse, { statusCode, headers, body = "" }: HttpResponse, headOnly: boolean): void {
  response
    .writeHead(statusCode, { ...SECURITY_HEADERS, ...headers, "content-length": Buffer.byteLength(body) })
    .end(headOnly ? undefined : body);
}
