import { createReadStream, mkdirSync, readdirSync, rmSync } from "node:fs";
import { type FileHandle, open, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Blob } from "./model.ts";

const READ_CHUNK_BYTES = 256 * 1024;

/**
 * The bytes of objects, in files with random names: a key never becomes a path. A file belongs to an object only once the store's journal
 * says so; until then nobody sees it, and {@link sweep} removes what a crash left without an owner.
 */
export class Blobs {
  readonly #directory: string;
  readonly #newId: () => string;
  /** How many reads need the file, and whether it is to go when they are done. */
  readonly #reads = new Map<string, { count: number; doomed: boolean }>();

  constructor(directory: string, newId: () => string) {
    this.#directory = directory;
    this.#newId = newId;
    mkdirSync(directory, { recursive: true });
    for (let byte = 0; byte < 256; byte++) {
      mkdirSync(join(directory, byte.toString(16).padStart(2, "0")), { recursive: true });
    }
  }

  /** Writes all of the content, or nothing when the content throws. */
  async write(content: AsyncIterable<Uint8Array>): Promise<Blob> {
    const id = this.#newId();
    const path = this.#path(id);
    const file = await open(path, "wx", 0o600);
    try {
      const size = await writeAll(file, content);
      await file.close();
      return { id, size };
    } catch (error) {
      await file.close();
      await rm(path, { force: true });
      throw error;
    }
  }

  /** The bytes from `start` to `end`, both included, of the blobs one after the other. */
  async *read(blobs: readonly Blob[], start: number, end: number): AsyncGenerator<Buffer> {
    for (const blob of blobs) this.#hold(blob);
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
      for (const blob of blobs) await this.#letGo(blob);
    }
  }

  /** Removes files that no object has any longer; those that are being read go when the last read ends. */
  async remove(blobs: readonly Blob[]): Promise<void> {
    for (const { id } of blobs) {
      const read = this.#reads.get(id);
      if (read) read.doomed = true;
      else await rm(this.#path(id), { force: true });
    }
  }

  /** Removes every file but those of the given ids. Call at start, before any write. */
  sweep(owned: ReadonlySet<string>): void {
    for (const folder of readdirSync(this.#directory)) {
      for (const id of readdirSync(join(this.#directory, folder))) {
        if (!owned.has(id)) rmSync(this.#path(id), { force: true });
      }
    }
  }

  #path(id: string): string {
    return join(this.#directory, id.slice(0, 2), id);
  }

  #hold({ id }: Blob): void {
    const read = this.#reads.get(id) ?? { count: 0, doomed: false };
    read.count += 1;
    this.#reads.set(id, read);
  }

  async #letGo({ id }: Blob): Promise<void> {
    const read = this.#reads.get(id);
    if (!read) return;
    read.count -= 1;
    if (read.count > 0) return;
    this.#reads.delete(id);
    if (read.doomed) await rm(this.#path(id), { force: true });
  }
}

async function writeAll(file: FileHandle, content: AsyncIterable<Uint8Array>): Promise<number> {
  let size = 0;
  for await (const bytes of content) {
    await file.appendFile(bytes);
    size += bytes.length;
  }
  return size;
}
