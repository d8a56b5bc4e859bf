import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { matchesWeakly } from "./entity-tags.ts";
import type { HttpRequest } from "./request.ts";
import { binaryResponse, emptyResponse, type HttpResponse } from "./response.ts";

/** The encodings of responses, the preferred one first. */
const encodings = ["br", "gzip"] as const;
type Encoding = (typeof encodings)[number];

/** Close to the size of the highest quality in a tenth of its time, which the first visitor waits for. */
const BROTLI_QUALITY = 9;

const compress: Readonly<Record<Encoding, (content: Buffer) => Promise<Buffer>>> = {
  br: (content) => promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } }),
  gzip: (content) => promisify(gzip)(content, { level: 9 }),
};

/** The hash in its address identifies the content, so a browser never has to ask again. */
export const IMMUTABLE = "public, max-age=31536000, immutable";

/** Content as it is sent. */
interface EncodedContent {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** A text that is served often: it is hashed once, and compressed once for each encoding. */
export class Asset {
  readonly contentType: string;
  /** Identifies the content. */
  readonly hash: string;
  readonly #content: Buffer;
  readonly #compressed = new Map<Encoding, Promise<Buffer>>();

  constructor(contentType: string, text: string) {
    this.contentType = contentType;
    this.#content = Buffer.from(text);
    this.hash = createHash("sha256").update(this.#content).digest("base64url").slice(0, 16);
  }

  /** Responds with the content, or with 304 to a client that has it. */
  async respond(
    { headers: request }: Pick<HttpRequest, "headers">,
    headers: Readonly<Record<string, string>>,
    status = 200,
  ): Promise<HttpResponse> {
    const etag = `"${this.hash}"`;
    const validated = { ...headers, etag, vary: "accept-encoding" };
    if (status === 200 && matchesWeakly(request["if-none-match"] ?? "", etag)) return emptyResponse(304, validated);
    const encoded = await this.#encode(request["accept-encoding"]);
    return binaryResponse(status, encoded.body, { ...validated, ...encoded.headers });
  }

  async #encode(acceptEncoding: string | undefined): Promise<EncodedContent> {
    const headers = { "content-type": this.contentType };
    const encoding = encodings.find((name) => accepts(acceptEncoding ?? "", name));
    if (encoding === undefined) return { body: this.#content, headers };
    const compressed = this.#compressed.get(encoding) ?? compress[encoding](this.#content);
    this.#compressed.set(encoding, compressed);
    return { body: await compressed, headers: { ...headers, "content-encoding": encoding } };
  }
}

/** Whether the header names the encoding with a weight above zero (RFC 9110, section 12.5.3). */
function accepts(header: string, encoding: Encoding): boolean {
  return header.split(",").some((entry) => {
    const [name = "", ...parameters] = entry.split(";").map((part) => part.trim().toLowerCase());
    return name === encoding && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  });
}
