import { incompleteBody } from "./errors.ts";

/** Maximum length of a line of the framing: a chunk's size and signature, or a trailer. */
const MAX_LINE_BYTES = 4096;

/** Verifies the signatures of a body that is signed chunk by chunk. Both methods throw `SignatureDoesNotMatch`. */
export interface ChunkVerifier {
  chunk(bytes: readonly Uint8Array[], signature: string): void;
  trailer(text: string, signature: string): void;
}

/**
 * Decodes the `aws-chunked` encoding: `<hex size>[;chunk-signature=…]\r\n<bytes>\r\n`, a chunk of size 0, trailers.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 *
 * Bytes are yielded before the signature of their chunk is verified, so they are valid only if this ends without error.
 *
 * @param trailers receives the trailing headers, with names in lower case.
 */
export async function* decodeAwsChunked(
  source: AsyncIterable<Buffer>,
  trailers: Map<string, string>,
  verifier: ChunkVerifier | undefined,
): AsyncGenerator<Buffer> {
  const input = new ChunkReader(source);
  for (;;) {
    const [size = "", extension = ""] = (await input.line()).split(";");
    if (!/^[0-9a-f]{1,12}$/i.test(size)) throw incompleteBody();
    const chunk: Buffer[] = [];
    for (let remaining = Number.parseInt(size, 16); remaining > 0; ) {
      const bytes = await input.bytes(remaining);
      remaining -= bytes.length;
      if (verifier) chunk.push(bytes);
      yield bytes;
    }
    verifier?.chunk(chunk, extension.replace("chunk-signature=", ""));
    if (Number.parseInt(size, 16) === 0) break;
    if ((await input.line()) !== "") throw incompleteBody();
  }
  await readTrailers(input, trailers, verifier);
}

async function readTrailers(
  input: ChunkReader,
  trailers: Map<string, string>,
  verifier: ChunkVerifier | undefined,
): Promise<void> {
  const lines: string[] = [];
  let signed = false;
  for (let line = await input.line(); line !== ""; line = await input.line()) {
    const [name = "", value = ""] = line.split(/:(.*)/s);
    if (name === "x-amz-trailer-signature") {
      verifier?.trailer(lines.map((text) => `${text}\n`).join(""), value.trim());
      signed = true;
    } else {
      lines.push(line);
      trailers.set(name.trim().toLowerCase(), value.trim());
    }
  }
  if (verifier && lines.length > 0 && !signed) throw incompleteBody();
}

/** Reads a stream by lines and by numbers of bytes. */
class ChunkReader {
  readonly #source: AsyncIterator<Buffer>;
  #buffer: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** The next line without its CRLF; empty at the end of the stream. */
  async line(): Promise<string> {
    for (;;) {
      const end = this.#buffer.indexOf("\r\n");
      if (end >= 0) {
        const line = this.#buffer.toString("latin1", 0, end);
        this.#buffer = this.#buffer.subarray(end + 2);
        return line;
      }
      if (this.#buffer.length > MAX_LINE_BYTES) throw incompleteBody();
      if (!(await this.#more())) {
        if (this.#buffer.length > 0) throw incompleteBody();
        return "";
      }
    }
  }

  /** Reads at least one byte and at most `count`. */
  async bytes(count: number): Promise<Buffer> {
    if (this.#buffer.length === 0 && !(await this.#more())) throw incompleteBody();
    const bytes = this.#buffer.subarray(0, count);
    this.#buffer = this.#buffer.subarray(bytes.length);
    return bytes;
  }

  async #more(): Promise<boolean> {
    const next = await this.#source.next();
    if (next.done) return false;
    this.#buffer = this.#buffer.length > 0 ? Buffer.concat([this.#buffer, next.value]) : next.value;
    return true;
  }
}
