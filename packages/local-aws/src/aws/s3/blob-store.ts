import { createReadStream, linkSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { open, rm } from "node:fs/promises";
import { join } from "node:path";
import type { StoredBlob } from "./object-version.ts";
import { writeSparse } from "./write-sparse.ts";

const READ_CHUNK_BYTES = 256 * 1024;

/**
 * The bytes of objects, in files with random names, so that a key never becomes a path. A file is visible only when a
 * version in the metadata store refers to it; {@link sweep} removes the files to which nothing refers after a crash.
 * Files are never changed, and zeros in them are holes, which need no space on the disk.
 */
export class BlobStore {
  readonly #directory: string;
  readonly #newId: () => string;
  /** The number of active reads of a file, and whether to remove it after the last one. */
  readonly #reads = new Map<string, { count: number; removeWhenDone: boolean }>();

  constructor(directory: string, newId: () => string) {
    this.#directory = directory;
    this.#newId = newId;
    mkdirSync(directory, { recursive: true });
    for (let byte = 0; byte < 256; byte++) {
      mkdirSync(join(directory, byte.toString(16).padStart(2, "0")), { recursive: true });
    }
  }

  /** Writes the content to a new file. When the content throws, no file remains. */
  async write(content: AsyncIterable<Uint8Array>): Promise<StoredBlob> {
    const id = this.#newId();
    const path = this.#path(id);
    const file = await open(path, "wx", 0o600);
    try {
      const size = await writeSparse(file, content);
      await file.close();
      return { id, size };
    } catch (error) {
      await file.close();
      await rm(path, { force: true });
      throw error;
    }
  }

  /**
   * A second name of the same file, which needs no space and no time. The file remains until both are removed.
   * Synchronous: a blob exists as long as the metadata store refers to it.
   */
  link({ id: existing, size }: StoredBlob): StoredBlob {
    const id = this.#newId();
    linkSync(this.#path(existing), this.#path(id));
    return { id, size };
  }

  /** The bytes from `start` to `end`, both inclusive, of the concatenated blobs. */
  async *read(blobs: readonly StoredBlob[], start: number, end: number): AsyncGenerator<Buffer> {
    for (const blob of blobs) this.#acquire(blob);
    try {
      let offset = 0;
      for (const { id, size } of blobs) {
        const from = Math.max(start - offset, 0);
        const to = Math.min(end - offset, size - 1);
        if (from <= to)
          yield* createReadStream(this.#path(id), { start: from, end: to, highWaterMark: READ_CHUNK_BYTES });
        offset += size;
        if (offset > end) break;
      }
    } finally {
      for (const blob of blobs) await this.#release(blob);
    }
  }

  /** Removes files. A file that is being read is removed after the last read. */
  async remove(blobs: readonly StoredBlob[]): Promise<void> {
    for (const { id } of blobs) {
      const read = this.#reads.get(id);
      if (read) read.removeWhenDone = true;
      else await rm(this.#path(id), { force: true });
    }
  }

  /** Removes every file whose ID is not in `referenced`. Call at start, before any write. */
  sweep(referenced: ReadonlySet<string>): void {
    for (const folder of readdirSync(this.#directory)) {
      for (const id of readdirSync(join(this.#directory, folder))) {
        if (!referenced.has(id)) rmSync(this.#path(id), { force: true });
      }
    }
  }

  #path(id: string): string {
    return join(this.#directory, id.slice(0, 2), id);
  }

  #acquire({ id }: StoredBlob): void {
    const read = this.#reads.get(id) ?? { count: 0, removeWhenDone: false };
    read.count += 1;
    this.#reads.set(id, read);
  }

  async #release({ id }: StoredBlob): Promise<void> {
    const read = this.#reads.get(id);
    if (!read) return;
    read.count -= 1;
    if (read.count > 0) return;
    this.#reads.delete(id);
    if (read.removeWhenDone) await rm(this.#path(id), { force: true });
  }
}
