import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";

/** An answer as API Gateway takes it from a function (payload format 2.0). Header names are in lower case. */
export interface HttpResponse extends APIGatewayProxyStructuredResultV2 {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The most bytes of JSON that a handler may answer with: Lambda's 6 MB, less a kilobyte for the headers that are added to every
 * answer on its way out. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
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

/** Bytes exactly as they are: base64 on the way to API Gateway, which decodes it. */
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

/** Whether a body of so many bytes fits a {@link binaryResponse} with these headers. Base64 needs no escapes, so this is exact. */
export function fitsBinaryResponse(
  statusCode: number,
  bodyBytes: number,
  headers: Readonly<Record<string, string>>,
): boolean {
  const envelope = responseBytes(binaryResponse(statusCode, new Uint8Array(), headers));
  return envelope + 4 * Math.ceil(bodyBytes / 3) <= MAX_RESPONSE_BYTES;
}

/** The size of an answer on its way out of the function: JSON, in which a JSON body is escaped once more. */
export const responseBytes = (response: HttpResponse): number => Buffer.byteLength(JSON.stringify(response));
