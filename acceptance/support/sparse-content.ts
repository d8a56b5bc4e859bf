import { createHash } from "node:crypto";

const CHUNK_BYTES = 1024 ** 2;
const ZEROS = Buffer.alloc(CHUNK_BYTES);

/**
 * The content of a large file in parts: zeros, which a sparse file does not store, and bytes that differ in every part
 * at its beginning, in its middle and at its end. It is generated in chunks of at most 1 MiB.
 */
export class SparseContent {
  /** Bytes. */
  readonly size: number;
  /** The number of parts. */
  readonly parts: number;
  readonly #partBytes: number;

  /** @param size of the file and @param partBytes of a part, in bytes. Only the last part can be smaller. */
  constructor(size: number, partBytes = size) {
    this.size = size;
    this.parts = Math.ceil(size / partBytes);
    this.#partBytes = partBytes;
  }

  /** The size of a part in bytes. @param number from 1 */
  sizeOf(number: number): number {
    return Math.min(this.#partBytes, this.size - (number - 1) * this.#partBytes);
  }

  /** The content of a part. Chunks must not be changed. @param number from 1 */
  *part(number: number): Generator<Buffer> {
    const size = this.sizeOf(number);
    const mark = createHash("sha256").update(`part ${number}`).digest();
    const chunks = Math.ceil(size / CHUNK_BYTES);
    for (let index = 0; index < chunks; index += 1) {
      const length = Math.min(CHUNK_BYTES, size - index * CHUNK_BYTES);
      const isMarked = index === 0 || index === chunks >> 1 || index === chunks - 1;
      const chunk = isMarked ? Buffer.alloc(length) : ZEROS.subarray(0, length);
      if (isMarked) mark.copy(chunk, Math.max(0, length - mark.length));
      yield chunk;
    }
  }

  /** The content of the file. */
  *all(): Generator<Buffer> {
    for (let number = 1; number <= this.parts; number += 1) yield* this.part(number);
  }
}
