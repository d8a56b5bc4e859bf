import { STATUS_CODES } from "node:http";
import { type HttpResponse, jsonResponse } from "./response.ts";

export interface ProblemOptions extends ErrorOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** Members beside the standard ones, such as the names a caller may choose from. */
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/**
 * An answer to the caller that is an error. `code` is stable and for programs, `detail` is for people; neither holds anything
 * that the caller may not see.
 */
export class HttpProblem extends Error {
  override readonly name = "HttpProblem";
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly extensions: Readonly<Record<string, unknown>>;

  constructor(status: number, code: string, detail: string, options: ProblemOptions = {}) {
    super(detail, options);
    this.status = status;
    this.code = code;
    this.headers = options.headers ?? {};
    this.extensions = options.extensions ?? {};
  }
}

/**
 * The RFC 9457 form of a problem. It has no `type`, which means `about:blank`: the title is the status in words, and `code` tells
 * problems of one status apart.
 */
export function problemResponse(problem: HttpProblem, instance: string, requestId: string): HttpResponse {
  const { status, code, message, extensions, headers } = problem;
  const title = STATUS_CODES[status] ?? "Error";
  const body = { ...extensions, status, title, code, detail: message, instance, requestId };
  return jsonResponse(status, body, {
    "content-type": "application/problem+json",
    "cache-control": "no-store",
    ...headers,
  });
}
