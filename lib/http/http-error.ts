import { type HttpResponse, jsonResponse } from "./response.ts";
import { statusTexts } from "./status-texts.ts";

export interface HttpErrorOptions extends ErrorOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** Members in addition to the standard ones, such as the keys of the files with the requested name. */
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/**
 * An error that is returned to the caller as a response. `code` is stable and for programs, `detail` is for people;
 * neither contains anything that the caller may not see.
 */
export class HttpError extends Error {
  override readonly name = "HttpError";
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly extensions: Readonly<Record<string, unknown>>;

  constructor(status: number, code: string, detail: string, options: HttpErrorOptions = {}) {
    super(detail, options);
    this.status = status;
    this.code = code;
    this.headers = options.headers ?? {};
    this.extensions = options.extensions ?? {};
  }
}

/** Maps the errors of one service to responses; undefined for errors that it does not translate. */
export type ErrorTranslation = (error: unknown) => HttpError | undefined;

/** The response to any error. One that is not translated becomes a 500 without details, which only the log contains. */
export function toHttpError(error: unknown, translate: ErrorTranslation = () => undefined): HttpError {
  if (error instanceof HttpError) return error;
  return translate(error) ?? new HttpError(500, "InternalError", "Something failed on our side.", { cause: error });
}

/** What the caller reports about a request that failed. */
export interface RequestReference {
  /** The path of the request. */
  readonly instance: string;
  readonly requestId: string;
  /** Undefined if there is no trace. */
  readonly traceId: string | undefined;
}

/**
 * The error as problem details (RFC 9457). There is no `type`, which means `about:blank`: the title is the status
 * phrase, and `code` distinguishes problems of the same status.
 */
export function problemResponse(error: HttpError, reference: RequestReference): HttpResponse {
  const { status, code, message, extensions, headers } = error;
  const title = statusTexts[status] ?? "Error";
  const body = { ...extensions, status, title, code, detail: message, ...reference };
  return jsonResponse(status, body, {
    "content-type": "application/problem+json",
    "cache-control": "no-store",
    ...headers,
  });
}
