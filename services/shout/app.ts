import type { ALBEvent } from "aws-lambda";
import { HttpError, problemResponse, toHttpError } from "../../lib/http/http-error.ts";
import { type HttpResponse, jsonResponse } from "../../lib/http/response.ts";
import { traceRequest } from "../../lib/http/trace-request.ts";
import { describeError, type Log } from "../../lib/log/log.ts";
import type { Clock } from "../../lib/time/clock.ts";
import type { Tracer } from "../../lib/tracing/tracer.ts";
import { readText, readTraceId } from "./request.ts";
import { reverse } from "./reverse.ts";
import { ShoutcloudError } from "./shoutcloud.ts";

/**
 * Maximum size of a function's response to a load balancer, which also rejects larger requests with 413:
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
 */
export const MAX_RESPONSE_BYTES = 1024 * 1024;
const HEALTH_PATH = "/health";

/** Converts text to upper case. */
export interface Shouter {
  shout(text: string): Promise<string>;
}

/**
 * The service as one function of a load balancer's event: it reverses the text and shouts it. Every error becomes a
 * problem response.
 */
export function createApp(
  shouter: Shouter,
  clock: Clock,
  log: Log,
  tracer: Tracer,
): (event: ALBEvent) => Promise<HttpResponse> {
  return async (event) => {
    const started = clock.now();
    const requestId = readTraceId(event);
    const annotations = { route: event.httpMethod, request_id: requestId };
    const response = await traceRequest(tracer, annotations, async () => {
      try {
        return await respond(event, shouter);
      } catch (error) {
        const httpError = toHttpError(error, translateError);
        if (httpError.status >= 500)
          log.error("Request failed", { requestId, code: httpError.code, error: describeError(httpError.cause) });
        return problemResponse(httpError, { instance: event.path, requestId, traceId: tracer.traceId });
      }
    });
    // Health checks are not logged.
    if (event.path !== HEALTH_PATH) {
      const { httpMethod: method, path } = event;
      log.info("Request", {
        method,
        path,
        requestId,
        status: response.statusCode,
        milliseconds: clock.now() - started,
      });
    }
    return response;
  };
}

async function respond(event: ALBEvent, shouter: Shouter): Promise<HttpResponse> {
  const { httpMethod: method, path } = event;
  // Independent of SHOUTCLOUD: otherwise its failure would make this target unhealthy.
  if (path === HEALTH_PATH && (method === "GET" || method === "HEAD"))
    return jsonResponse(200, { status: "pass" }, { "cache-control": "no-store" });
  if (method !== "POST") throw methodNotAllowed(path);
  return checkSize(jsonResponse(200, { data: await shouter.shout(reverse(readText(event))) }));
}

function methodNotAllowed(path: string): HttpError {
  const allow = path === HEALTH_PATH ? "GET, HEAD, POST" : "POST";
  return new HttpError(405, "MethodNotAllowed", 'POST {"data": "…"} to have it shouted backwards.', {
    headers: { allow },
  });
}

/**
 * @throws HttpError 413 for a response above the limit: upper-case letters and JSON escapes can take more bytes than
 * the request.
 */
function checkSize(response: HttpResponse): HttpResponse {
  if (Buffer.byteLength(JSON.stringify(response)) <= MAX_RESPONSE_BYTES) return response;
  const detail = "The response would exceed 1 MB, the limit of a load balancer for functions.";
  throw new HttpError(413, "AnswerTooLarge", detail);
}

function translateError(error: unknown): HttpError | undefined {
  if (!(error instanceof ShoutcloudError)) return undefined;
  const status = error.code === "UpstreamTimeout" ? 504 : 502;
  return new HttpError(status, error.code, error.message, { cause: error });
}
