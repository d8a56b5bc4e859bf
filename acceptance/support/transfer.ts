import { once } from "node:events";
import { request as httpRequest, type IncomingMessage, type RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";

export interface Transferred {
  readonly status: number;
  readonly etag: string;
  /** The body of a response that is not the file. */
  readonly text: string;
}

/**
 * Sends a body in chunks with a declared length, as S3 requires it: `fetch` would send a stream without its length, or
 * keep the whole body in memory.
 *
 * @param size the declared length in bytes
 */
export async function putChunks(
  url: string,
  size: number,
  chunks: Iterable<Buffer>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Transferred> {
  const sent = open(url, { method: "PUT", headers: { ...headers, "content-length": String(size) } });
  const responded = once(sent, "response") as Promise<[IncomingMessage]>;
  // Not only the pipeline: S3 can reject a request and close the connection before it has read the body.
  const [[response]] = await Promise.all([responded, pipeline(Readable.from(chunks), sent).catch(() => undefined)]);
  return { status: response.statusCode ?? 0, etag: response.headers.etag ?? "", text: await text(response) };
}

/** Sends a part of a body, and then closes the connection. Resolves when the connection is closed. */
export async function interruptPut(url: string, size: number, chunks: Iterable<Buffer>): Promise<void> {
  const sent = open(url, { method: "PUT", headers: { "content-length": String(size) } });
  sent.on("error", () => {}); // The connection is closed on purpose.
  const closed = new Promise((resolve) => sent.once("close", resolve));
  for (const chunk of chunks) await new Promise((resolve) => sent.write(chunk, resolve));
  sent.destroy();
  await closed;
}

/** Downloads a body, and calls `onChunk` with each chunk. @returns the status */
export async function getChunks(url: string, onChunk: (chunk: Buffer) => void): Promise<number> {
  const sent = open(url, { method: "GET" });
  sent.end();
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  for await (const chunk of response) onChunk(chunk as Buffer);
  return response.statusCode ?? 0;
}

function open(url: string, options: RequestOptions) {
  return (url.startsWith("https:") ? httpsRequest : httpRequest)(url, options);
}
