import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";

/** The response of a function to API Gateway (payload format 2.0). Header names are in lower case. */
export interface HttpResponse extends APIGatewayProxyStructuredResultV2 {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Maximum size of a handler's response as JSON, in bytes: Lambda's limit of 6 MB, less a kilobyte for the headers that
 * are added to every response. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export const MAX_RESPONSE_BYTES = 6 * 1024 * 1024 - 1024;

export function jsonResponse(
  statusCode: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): HttpResponse {
  return { statusCode, headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) };
}

export const emptyResponse = (statusCode: number, headers: Readonly<Record<string, string>> = {}): HttpResponse => ({
  statusCode,
  headers,
});

/** A binary body. It is sent to API Gateway in base64, which decodes it. */
export const binaryResponse = (
  statusCode: number,
  body: Uint8Array,
  headers: Readonly<Record<string, string>>,
): HttpResponse => ({
  statusCode,
  headers,
  body: Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("base64"),
  isBase64Encoded: true,
});

/**
 * Whether a body of this size fits a {@link binaryResponse} with these headers. Base64 needs no escapes in JSON, so
 * this is exact.
 */
export function fitsBinaryResponse(
  statusCode: number,
  bodyBytes: number,
  headers: Readonly<Record<string, string>>,
): boolean {
  const envelope = responseBytes(binaryResponse(statusCode, new Uint8Array(), headers));
  return envelope + 4 * Math.ceil(bodyBytes / 3) <= MAX_RESPONSE_BYTES;
}

/** The size of a response as the function returns it: JSON, in which a JSON body is escaped once more. */
export const responseBytes = (response: HttpResponse): number => Buffer.byteLength(JSON.stringify(response));
