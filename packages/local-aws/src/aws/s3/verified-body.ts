import type { IncomingHttpHeaders } from "node:http";
import { AwsError } from "../../runtime/error.ts";
import { type ChunkVerifier, decodeAwsChunked } from "./aws-chunked.ts";
import { CHECKSUM_ALGORITHMS, type Checksum, type ChecksumAlgorithm, checksumOf, hashOf } from "./checksum.ts";
import { badDigest, entityTooLarge, incompleteBody, invalidRequest, notImplemented } from "./errors.ts";

/** Limit of an upload without parts. https://docs.aws.amazon.com/AmazonS3/latest/userguide/upload-objects.html */
export const MAX_PUT_BYTES = 5 * 1024 ** 3;

/** Computed while the body is read. */
export interface BodyDigests {
  /** Hexadecimal: the ETag of an object that is not a multipart upload. */
  readonly md5: string;
  readonly checksum: Checksum | undefined;
}

/**
 * The body of a request without its chunked framing. While it is read, it is compared with everything that the client
 * declared (length, `Content-MD5`, `x-amz-content-sha256`, `x-amz-checksum-*` in a header or trailer). Iterating throws
 * at the end when something does not match, so a consumer that stores the bytes must then delete them.
 */
export class VerifiedBody {
  readonly #source: AsyncIterable<Buffer>;
  readonly #headers: IncomingHttpHeaders;
  readonly #payloadHash: string;
  readonly #maximumSize: number;
  readonly #algorithm: ChecksumAlgorithm | undefined;
  readonly #trailers = new Map<string, string>();
  #digests: BodyDigests | undefined;

  /**
   * @param payloadHash `x-amz-content-sha256` as signed: hexadecimal, `UNSIGNED-PAYLOAD` or `STREAMING-…`.
   * @param verifier for the chunk signatures of the signed `STREAMING-…` values.
   * @param maximumSize in bytes, without the framing.
   * @throws AwsError before anything is read, when the headers are invalid or declare too many bytes.
   */
  constructor(
    source: AsyncIterable<Buffer>,
    headers: IncomingHttpHeaders,
    payloadHash: string,
    verifier: ChunkVerifier | undefined,
    maximumSize: number,
  ) {
    const framed = payloadHash.startsWith("STREAMING-");
    const signed = payloadHash.startsWith("STREAMING-AWS4-HMAC-SHA256");
    this.#source = framed ? decodeAwsChunked(source, this.#trailers, signed ? verifier : undefined) : source;
    this.#headers = headers;
    this.#payloadHash = payloadHash;
    this.#maximumSize = maximumSize;
    this.#algorithm = declaredAlgorithm(headers);
    const size = this.#declaredSize();
    if (size !== undefined && size > maximumSize) throw entityTooLarge(size, maximumSize);
  }

  /**
   * Required by PutObject and UploadPart.
   *
   * @throws AwsError `MissingContentLength` when the client did not declare a length.
   */
  requireLength(): this {
    if (this.#declaredSize() !== undefined) return this;
    throw new AwsError("MissingContentLength", "You must provide the Content-Length HTTP header.", 411);
  }

  get digests(): BodyDigests {
    if (!this.#digests) throw new Error("The digests are available only after the whole body has been read.");
    return this.#digests;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    const md5 = hashOf("md5");
    const sha256 = /^[0-9a-f]{64}$/.test(this.#payloadHash) ? hashOf("sha256") : undefined;
    const checksum = this.#algorithm && checksumOf(this.#algorithm);
    const limit = Math.min(this.#declaredSize() ?? Number.POSITIVE_INFINITY, this.#maximumSize);
    let size = 0;
    for await (const bytes of this.#source) {
      size += bytes.length;
      if (size > limit) throw size > this.#maximumSize ? entityTooLarge(size, this.#maximumSize) : incompleteBody();
      md5.update(bytes);
      sha256?.update(bytes);
      checksum?.update(bytes);
      yield bytes;
    }
    if (size !== (this.#declaredSize() ?? size)) throw incompleteBody();
    if (sha256 && hex(sha256.digest()) !== this.#payloadHash) throw payloadHashMismatch();
    const md5Value = md5.digest();
    if ((this.#headers["content-md5"] ?? md5Value) !== md5Value) throw badDigest("Content-MD5");
    this.#digests = { md5: hex(md5Value), checksum: this.#verifiedChecksum(checksum?.digest()) };
  }

  #declaredSize(): number | undefined {
    const length = this.#headers["x-amz-decoded-content-length"] ?? this.#headers["content-length"];
    if (length === undefined) return undefined;
    if (!/^\d+$/.test(String(length))) throw invalidRequest("The length header is not a number.");
    return Number(length);
  }

  #verifiedChecksum(value: string | undefined): Checksum | undefined {
    if (!this.#algorithm || value === undefined) return undefined;
    const name = `x-amz-checksum-${this.#algorithm}`;
    const declared = this.#headers[name] ?? this.#trailers.get(name);
    if (declared !== value) throw badDigest(this.#algorithm.toUpperCase());
    return { algorithm: this.#algorithm, value, type: "FULL_OBJECT" };
  }
}

/** A body that the local AWS itself supplies, such as the content of a copy. */
export function unsignedBody(content: AsyncIterable<Buffer>): VerifiedBody {
  return new VerifiedBody(content, {}, "UNSIGNED-PAYLOAD", undefined, MAX_PUT_BYTES);
}

/** The algorithm of the checksum in the headers or in an announced trailer. At most one is allowed. */
function declaredAlgorithm(headers: IncomingHttpHeaders): ChecksumAlgorithm | undefined {
  const prefix = "x-amz-checksum-";
  const announced = String(headers["x-amz-trailer"] ?? "")
    .toLowerCase()
    .split(",")
    .map((name) => name.trim());
  const names = [...Object.keys(headers), ...announced]
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length))
    .filter((name) => !["algorithm", "mode", "type"].includes(name));
  const [name] = names;
  if (new Set(names).size > 1) {
    throw invalidRequest("Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
  }
  const algorithm = CHECKSUM_ALGORITHMS.find((candidate) => candidate === name);
  if (name !== undefined && !algorithm) throw notImplemented(`checksums by ${name}`);
  return algorithm;
}

function hex(base64: string): string {
  return Buffer.from(base64, "base64").toString("hex");
}

function payloadHashMismatch(): AwsError {
  return new AwsError(
    "XAmzContentSHA256Mismatch",
    "The provided 'x-amz-content-sha256' header does not match what was computed.",
  );
}
