/** The response of AWS to a request that failed. */
export interface ErrorResponse {
  readonly status: number;
  /** Such as `NoSuchKey`. */
  readonly code: string;
  readonly message: string;
  readonly requestId: string | undefined;
  /** The other members of the error document. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** AWS rejected a request. The message contains neither credentials nor the request. */
export class AwsError extends Error {
  override readonly name = "AwsError";
  /** The name of the service. */
  readonly service: string;
  readonly code: string;
  readonly status: number;
  readonly requestId: string | undefined;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(service: string, { status, code, message, requestId, details }: ErrorResponse) {
    super(`${service} responded with ${status} ${code}${message === "" ? "" : `: ${message}`}`);
    this.service = service;
    this.status = status;
    this.code = code;
    this.requestId = requestId;
    this.details = details;
  }
}

/** AWS did not respond: the connection failed, was closed, or a time limit was exceeded. */
export class AwsConnectionError extends Error {
  override readonly name = "AwsConnectionError";
  readonly service: string;
  /** That of the cause, such as `ECONNRESET`; otherwise `ConnectionFailed`. */
  readonly code: string;

  constructor(service: string, cause: unknown) {
    super(`${service} did not respond`, { cause });
    this.service = service;
    const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
    this.code = typeof code === "string" ? code : "ConnectionFailed";
  }
}

/** Whether AWS responded with this error code. */
export const hasCode = (error: unknown, ...codes: readonly string[]): error is AwsError =>
  error instanceof AwsError && codes.includes(error.code);
