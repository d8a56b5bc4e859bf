/** A reply of the server: text, a number, or undefined for a key that does not exist. */
export type Reply = string | number | undefined;

/** The server rejected a command. */
export class RespError extends Error {
  override readonly name = "RespError";
  readonly code = "CommandRejected";
}

/** The server sent what the protocol does not allow, or a type of reply that no command of ours has. */
export class ProtocolError extends Error {
  override readonly name = "ProtocolError";
  readonly code = "InvalidReply";

  constructor() {
    super("The cache sent an invalid reply");
  }
}

const LINE_END = Buffer.from("\r\n");

/** A command in RESP: https://valkey.io/topics/protocol/ */
export const encodeCommand = (parts: readonly string[]): string =>
  `*${parts.length}\r\n${parts.map((part) => `$${Buffer.byteLength(part)}\r\n${part}\r\n`).join("")}`;

/** Reads the replies of RESP2 from bytes that arrive in chunks of any size. Arrays are not supported. */
export class ReplyParser {
  #chunks: Buffer[] = [];
  #length = 0;
  /** Bytes that are needed for the next reply; a lower bound, so that a long one is not joined for every chunk. */
  #needed = 0;

  /**
   * The replies that these bytes complete, in order. An error is one of them, because it belongs to one command.
   *
   * @throws ProtocolError; the parser cannot be used afterwards
   */
  push(chunk: Buffer): (Reply | RespError)[] {
    this.#chunks.push(chunk);
    this.#length += chunk.byteLength;
    if (this.#length < this.#needed) return [];
    const bytes = Buffer.concat(this.#chunks);
    const replies: (Reply | RespError)[] = [];
    let start = 0;
    for (let next = parse(bytes, start); ; next = parse(bytes, start)) {
      if (typeof next === "number") {
        this.#needed = next;
        break;
      }
      replies.push(next.reply);
      start = next.end;
    }
    const rest = bytes.subarray(start);
    this.#chunks = [rest];
    this.#length = rest.byteLength;
    return replies;
  }
}

/** The reply that begins at an offset, or the number of bytes that are needed from there. */
function parse(bytes: Buffer, start: number): { readonly reply: Reply | RespError; readonly end: number } | number {
  const lineEnd = bytes.indexOf(LINE_END, start);
  if (lineEnd < 0) return bytes.byteLength - start + 1;
  const text = bytes.toString("utf8", start + 1, lineEnd);
  const end = lineEnd + LINE_END.byteLength;
  switch (String.fromCharCode(bytes[start] ?? 0)) {
    case "+":
      return { reply: text, end };
    case "-":
      return { reply: new RespError(text), end };
    case ":":
      return { reply: parseInteger(text), end };
    case "$":
      return parseBulk(bytes, start, end, parseInteger(text));
    default:
      throw new ProtocolError();
  }
}

/** Text of a length that precedes it; -1 for no text. */
function parseBulk(bytes: Buffer, start: number, textStart: number, length: number) {
  if (length === -1) return { reply: undefined, end: textStart };
  if (length < 0) throw new ProtocolError();
  const textEnd = textStart + length;
  const end = textEnd + LINE_END.byteLength;
  if (bytes.byteLength < end) return end - start;
  if (!bytes.subarray(textEnd, end).equals(LINE_END)) throw new ProtocolError();
  return { reply: bytes.toString("utf8", textStart, textEnd), end };
}

function parseInteger(text: string): number {
  const value = Number(text);
  if (!/^[+-]?\d+$/.test(text) || !Number.isSafeInteger(value)) throw new ProtocolError();
  return value;
}
