import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { HttpProblem } from "../http/problem.ts";
import { clientAddress } from "./client-address.ts";

/** A request as a server's routes see it, read whole. */
export interface ServerRequest {
  /** The load balancer's trace id, or one of our own. */
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly clientAddress: string;
  readonly body: Uint8Array;
}

/** Far above what any form of ours sends. */
const MAX_BODY_BYTES = 16 * 1024;

export async function readRequest(message: IncomingMessage): Promise<ServerRequest> {
  const { method = "GET", headers } = message;
  // the first slashes of `//host/x` would be read as the start of another address
  const [path = "/", query = ""] = (message.url ?? "/").split(/\?(.*)/s);
  const traceId = headers["x-amzn-trace-id"];
  return {
    id: typeof traceId === "string" ? traceId : randomUUID(),
    method,
    path,
    query: new URLSearchParams(query),
    headers,
    clientAddress: clientAddress(header(headers["x-forwarded-for"]), message.socket.remoteAddress ?? ""),
    body: await readBody(message),
  };
}

const header = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value.join(",") : value;

async function readBody(message: IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  // the connection stays, to answer on
  for await (const chunk of message.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > MAX_BODY_BYTES) {
      message.resume(); // a client that is still sending reads no answer
      throw new HttpProblem(413, "BodyTooLarge", `A request may hold ${MAX_BODY_BYTES} bytes.`, {
        headers: { connection: "close" }, // what comes after this request cannot be told from its rest
      });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * The JSON of a request that says that it is JSON. Another site's form cannot say that.
 *
 * @throws HttpProblem 415 or 400
 */
export function readJson({ headers, body }: ServerRequest): unknown {
  if (!/^application\/json\s*(;|$)/i.test(headers["content-type"] ?? "")) {
    throw new HttpProblem(415, "NotJson", "Send JSON, with the content type application/json.");
  }
  try {
    return JSON.parse(Buffer.from(body).toString("utf8"));
  } catch {
    throw new HttpProblem(400, "InvalidJson", "The body is not valid JSON.");
  }
}
