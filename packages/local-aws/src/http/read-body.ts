import type { IncomingMessage } from "node:http";

export interface ReadBody {
  /** The body up to the limit. */
  readonly body: Buffer;
  readonly isTooLarge: boolean;
}

/** Reads the complete body. Data beyond the limit is read and discarded, so that the client receives the response. */
export async function readBody(message: IncomingMessage, maximumBytes: number): Promise<ReadBody> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= maximumBytes) chunks.push(chunk);
  }
  return { body: Buffer.concat(chunks), isTooLarge: length > maximumBytes };
}
