/**
 * An error response of an AWS API. Its `code` is the one of AWS (`NoSuchKey`, `ResourceNotFoundException`), so SDK
 * clients throw the same exception as with AWS. Each protocol (JSON, query, REST-XML) renders it in one place.
 */
export class AwsError extends Error {
  readonly code: string;
  /** HTTP status of the response. */
  readonly status: number;
  /** Further members of the error body, as AWS names them (`BucketName`, `Type`, …). */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, status = 400, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = "AwsError";
    this.code = code;
    this.status = status;
    this.details = details;
  }
}

interface UnsupportedOptions {
  /** Default: `UnsupportedOperation`. */
  readonly code?: string;
  readonly status?: number;
  /** A sentence that says what to use instead. */
  readonly advice?: string;
}

/**
 * The error for what AWS may support and the local AWS does not, which is never ignored. Its message names the local
 * AWS.
 */
export function unsupported(
  feature: string,
  { code = "UnsupportedOperation", status = 400, advice }: UnsupportedOptions = {},
): AwsError {
  const message = `The local AWS does not support ${feature}.`;
  return new AwsError(code, advice === undefined ? message : `${message} ${advice}`, status);
}
