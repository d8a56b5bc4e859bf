import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

/** The encodings of responses, the preferred one first. */
const encodings = ["br", "gzip"] as const;
type Encoding = (typeof encodings)[number];

/** Close to the size of the highest quality in a tenth of its time, which the first visitor waits for. */
const BROTLI_QUALITY = 9;

const compress: Readonly<Record<Encoding, (content: Buffer) => Promise<Buffer>>> = {
  br: (content) => promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } }),
  gzip: (content) => promisify(gzip)(content, { level: 9 }),
};

/** Content as it is sent. */
export interface EncodedContent {
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

  /** @param acceptEncoding the header of the request */
  async encode(acceptEncoding: string | undefined): Promise<EncodedContent> {
    const headers = { "content-type": this.contentType, vary: "accept-encoding" };
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
