import type { ServerResponse } from "node:http";
import type { BufferedResponse } from "../../http/buffered-response.ts";

/** The responses that API Gateway itself generates. */
export const ERROR_RESPONSES = {
  badRequest: message(400, "Bad Request"),
  unauthorized: message(401, "Unauthorized"),
  forbidden: message(403, "Forbidden"),
  notFound: message(404, "Not Found"),
  entityTooLarge: message(413, "Request Entity Too Large"),
  tooManyRequests: message(429, "Too Many Requests"),
  headersTooLarge: message(431, "Request Header Fields Too Large"),
  internalServerError: message(500, "Internal Server Error"),
  serviceUnavailable: message(503, "Service Unavailable"),
} as const;

/** Sends a response; one with headers that are invalid in HTTP is replaced by 500. */
export function sendResponse(
  response: ServerResponse,
  buffered: BufferedResponse,
  requestId: string,
  method: string | undefined,
): void {
  const { "content-length": ownLength, ...headers } = buffered.headers as Record<string, string | string[]>;
  const hasBody = buffered.status !== 204 && buffered.status !== 304;
  // The response to HEAD has the length of the body that it omits.
  const length = method === "HEAD" && buffered.body.length === 0 ? Number(ownLength ?? 0) : buffered.body.length;
  try {
    response.writeHead(buffered.status, {
      ...headers,
      ...(hasBody && { "content-length": length }),
      "apigw-requestid": requestId,
    });
  } catch {
    sendResponse(response, ERROR_RESPONSES.internalServerError, requestId, method);
    return;
  }
  response.end(hasBody && method !== "HEAD" ? buffered.body : undefined);
}

function message(status: number, text: string): BufferedResponse {
  return {
    status,
    headers: { "content-type": "application/json" },
    body: Buffer.from(JSON.stringify({ message: text })),
  };
}
