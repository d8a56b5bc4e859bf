import type { ALBEvent } from "aws-lambda";
import { HttpProblem, problemResponse } from "../../lib/http/problem.ts";
import { type HttpResponse, jsonResponse } from "../../lib/http/response.ts";
import { describeError, type Log } from "../../lib/log/log.ts";
import type { Clock } from "../../lib/time/clock.ts";
import { dataOf, traceOf } from "./request.ts";
import { reverse } from "./reverse.ts";
import { ShoutcloudError } from "./shoutcloud.ts";

/** A load balancer takes no more of a function: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html. It refuses longer requests itself, by 413. */
export const MAX_ANSWER_BYTES = 1024 * 1024;
const HEALTH = "/health";

/** Makes letters big. */
export interface Shouter {
  shout(text: string): Promise<string>;
}

/** The service as one function of a load balancer's event: turns the text round and has it shouted; whatever is thrown becomes a problem. */
export function createApp(shouter: Shouter, clock: Clock, log: Log): (event: ALBEvent) => Promise<HttpResponse> {
  return async (event) => {
    const started = clock.now();
    const trace = traceOf(event);
    const response = await answer(event, trace, shouter, log);
    // of every check of the load balancer there would be a line a minute
    if (event.path !== HEALTH) {
      const { httpMethod: method, path } = event;
      log.info("Request", { method, path, trace, status: response.statusCode, milliseconds: clock.now() - started });
    }
    return response;
  };
}

async function answer(event: ALBEvent, trace: string, shouter: Shouter, log: Log): Promise<HttpResponse> {
  try {
    const { httpMethod: method, path } = event;
    // nothing of SHOUTCLOUD: the load balancer would take this function away because of another's failure
    if (path === HEALTH && (method === "GET" || method === "HEAD"))
      return jsonResponse(200, { status: "pass" }, { "cache-control": "no-store" });
    if (method !== "POST") throw methodNotAllowed(path);
    return fitting(jsonResponse(200, { data: await shouter.shout(reverse(dataOf(event))) }));
  } catch (error) {
    const problem = toProblem(error);
    if (problem.status >= 500)
      log.error("Request failed", { trace, code: problem.code, error: describeError(problem.cause) });
    return problemResponse(problem, event.path, trace);
  }
}

function methodNotAllowed(path: string): HttpProblem {
  const allow = path === HEALTH ? "GET, HEAD, POST" : "POST";
  return new HttpProblem(405, "MethodNotAllowed", 'POST {"data": "…"} to have it shouted backwards.', {
    headers: { allow },
  });
}

/** @throws HttpProblem 413 for an answer that the load balancer would not let out: capitals, and escapes on its way, take more room. */
function fitting(response: HttpResponse): HttpResponse {
  if (Buffer.byteLength(JSON.stringify(response)) <= MAX_ANSWER_BYTES) return response;
  const detail = "The answer would be longer than the 1 MB that a load balancer lets out of a function.";
  throw new HttpProblem(413, "AnswerTooLarge", detail);
}

/** What the caller is told of anything that was thrown. */
function toProblem(error: unknown): HttpProblem {
  if (error instanceof HttpProblem) return error;
  if (error instanceof ShoutcloudError) {
    const status = error.code === "UpstreamTimeout" ? 504 : 502;
    return new HttpProblem(status, error.code, error.message, { cause: error });
  }
  return new HttpProblem(500, "InternalError", "Something failed on our side.", { cause: error });
}
