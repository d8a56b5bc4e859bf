import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { DatabaseUnavailableError } from "../database/database.ts";
import { HttpProblem, problemResponse } from "../http/problem.ts";
import type { HttpResponse } from "../http/response.ts";
import { describeError, type Log } from "../log/log.ts";
import type { Clock } from "../time/clock.ts";
import { isCrossOrigin } from "./cross-origin.ts";
import { readRequest, type ServerRequest } from "./request.ts";

export type Handler = (request: ServerRequest) => Promise<HttpResponse> | HttpResponse;

/** Handlers by method and path, `GET /health`. A GET serves HEAD, too. */
export type Routes = Readonly<Record<string, Handler>>;

export interface ServerOptions {
  readonly routes: Routes;
  /** 0 takes a free one. */
  readonly port: number;
  readonly log: Log;
  readonly clock: Clock;
  /** What a person sees in the place of a problem; programs get it as JSON. */
  readonly problemPage: (problem: HttpProblem) => HttpResponse;
}

export interface RunningServer {
  readonly port: number;
  /** Takes no more connections, and resolves when the requests that are under way are answered. */
  stop(): Promise<void>;
}

/**
 * Longer than the load balancer keeps an idle connection (60 s), so that it is never the target that closes one on which the next request
 * is under way: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html#http-502-issues
 */
const KEEP_ALIVE_MS = 75_000;

/** How long a request may take to come in whole. */
const REQUEST_MS = 10_000;

/** What every answer carries; a page adds what its content needs. */
const SECURITY_HEADERS = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
} as const;

/** Serves the routes until it is stopped. One line is logged for each request, without query, headers or body. */
export async function startServer({ routes, port, log, clock, problemPage }: ServerOptions): Promise<RunningServer> {
  const server = createServer({ requestTimeout: REQUEST_MS, keepAliveTimeout: KEEP_ALIVE_MS }, (message, response) => {
    const started = clock.now();
    answer(message, { routes, log, problemPage }).then(
      ({ request, reply }) => {
        send(response, reply, message.method === "HEAD");
        const { id: requestId, clientAddress } = request;
        const milliseconds = clock.now() - started;
        // the load balancer asks every few seconds; its log would drown the others
        const line = request.path === "/health" && reply.statusCode < 400 ? log.debug : log.info;
        line.call(log, "Request", {
          method: message.method,
          path: request.path,
          requestId,
          clientAddress,
          status: reply.statusCode,
          milliseconds,
        });
      },
      // the client is gone before its request was whole
      (error: unknown) => {
        log.debug("Request broken off", { error: describeError(error) });
        response.destroy();
      },
    );
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

interface Answered {
  readonly request: Pick<ServerRequest, "id" | "path" | "clientAddress">;
  readonly reply: HttpResponse;
}

async function answer(
  message: IncomingMessage,
  { routes, log, problemPage }: Pick<ServerOptions, "routes" | "log" | "problemPage">,
): Promise<Answered> {
  let request: Answered["request"] = { id: "", path: message.url ?? "/", clientAddress: "" };
  try {
    const read = await readRequest(message);
    request = read;
    return { request, reply: await handlerOf(routes, read)(read) };
  } catch (error) {
    if (message.destroyed && !message.complete) throw error;
    const problem = toProblem(error);
    if (problem.status >= 500) {
      log.error("Request failed", { requestId: request.id, code: problem.code, error: describeError(error) });
    }
    const isPerson = message.method === "GET" && message.headers.accept?.includes("text/html") === true;
    return { request, reply: isPerson ? problemPage(problem) : toReply(problem, request) };
  }
}

function handlerOf(routes: Routes, request: ServerRequest): Handler {
  const { method, path, headers } = request;
  const handler = routes[`${method === "HEAD" ? "GET" : method} ${path}`];
  if (!handler) {
    const allowed = Object.keys(routes).flatMap((route) => (route.endsWith(` ${path}`) ? route.split(" ")[0] : []));
    if (allowed.length === 0) throw new HttpProblem(404, "RouteNotFound", "There is nothing at this address.");
    throw new HttpProblem(405, "MethodNotAllowed", `This address takes ${allowed.join(", ")}.`, {
      headers: { allow: allowed.join(", ") },
    });
  }
  if (isCrossOrigin(method, headers)) {
    throw new HttpProblem(403, "CrossOrigin", "Another site's page may not do this.");
  }
  return handler;
}

function toProblem(error: unknown): HttpProblem {
  if (error instanceof HttpProblem) return error;
  if (error instanceof DatabaseUnavailableError) {
    return new HttpProblem(503, "DatabaseUnavailable", "The database does not answer. Try again in a moment.", {
      cause: error,
      headers: { "retry-after": "5" },
    });
  }
  return new HttpProblem(500, "InternalError", "Something went wrong on our side.", { cause: error });
}

/** With the reason under the name `error`, too, by which the pages know it. */
function toReply({ status, code, message, headers }: HttpProblem, { path, id }: Answered["request"]): HttpResponse {
  const problem = new HttpProblem(status, code, message, { headers, extensions: { error: message } });
  return problemResponse(problem, path, id);
}

function send(response: ServerResponse, { statusCode, headers, body = "" }: HttpResponse, headOnly: boolean): void {
  response
    .writeHead(statusCode, { ...SECURITY_HEADERS, ...headers, "content-length": Buffer.byteLength(body) })
    .end(headOnly ? undefined : body);
}
