import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { HttpError } from "../http/http-error.ts";
import { clientAddress } from "./client-address.ts";

/** A request with its whole body. */
export interface ServerRequest {
  /** The ID of its trace. */
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly clientAddress: string;
  readonly body: Uint8Array;
}

/** Far more than any form on the pages sends. */
const MAX_BODY_BYTES = 16 * 1024;

export async function readRequest(message: IncomingMessage, id: string): Promise<ServerRequest> {
  const { method = "GET", headers } = message;
  // `new URL` would parse `//host/x` as a URL with another host.
  const [path = "/", query = ""] = (message.url ?? "/").split(/\?(.*)/s);
  return {
    id,
    method,
    path,
    query: new URLSearchParams(query),
    headers,
    clientAddress: clientAddress(joined(headers["x-forwarded-for"]), message.socket.remoteAddress ?? ""),
    body: await readBody(message),
  };
}

const joined = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value.join(",") : value;

async function readBody(message: IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Keep the connection open for the response.
  for await (const chunk of message.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > MAX_BODY_BYTES) {
      message.resume(); // Read the rest, because a client that is still sending would not read the response.
      throw new HttpError(413, "BodyTooLarge", `A request body has at most ${MAX_BODY_BYTES} bytes.`, {
        headers: { connection: "close" }, // The rest of the body cannot be distinguished from the next request.
      });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * The JSON of a request with a JSON content type, which an HTML form of another site cannot send.
 *
 * @throws HttpError 415 or 400
 */
export function readJson({ headers, body }: ServerRequest): unknown {
  if (!/^application\/json\s*(;|$)/i.test(headers["content-type"] ?? "")) {
    throw new HttpError(415, "NotJson", "Send JSON, with the content type application/json.");
  }
  try {
    return JSON.parse(Buffer.from(body).toString("utf8"));
  } catch {
    throw new HttpError(400, "InvalidJson", "The body is not valid JSON.");
  }
}
