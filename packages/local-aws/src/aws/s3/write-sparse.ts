import type { FileHandle } from "node:fs/promises";

const ZEROS = Buffer.alloc(64 * 1024);

/**
 * Writes the content to a new, empty file. Chunks of zeros become holes: files of some gigabytes, as tests of size
 * limits upload them, then need almost no space.
 *
 * @returns the size in bytes
 */
export async function writeSparse(file: FileHandle, content: AsyncIterable<Uint8Array>): Promise<number> {
  let size = 0;
  for await (const bytes of content) {
    for (let offset = 0; offset < bytes.length; offset += ZEROS.length) {
      const block = bytes.subarray(offset, offset + ZEROS.length);
      if (!isZero(block)) await writeAt(file, block, size + offset);
    }
    size += bytes.length;
  }
  // Also extends the file by the hole at its end.
  await file.truncate(size);
  return size;
}

const isZero = (bytes: Uint8Array): boolean => ZEROS.compare(bytes, 0, bytes.length, 0, bytes.length) === 0;

/** One call can write less than all bytes: https://nodejs.org/api/fs.html#filehandlewritebuffer-offset-length-position */
async function writeAt(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const { bytesWritten } = await file.write(bytes, written, bytes.length - written, position + written);
    written += bytesWritten;
  }
}
