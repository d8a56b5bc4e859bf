import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Bytes that the files of a folder occupy on the disk. Holes of sparse files occupy none. */
export function occupiedBytes(folder: string): number {
  const inodes = new Map<number, number>();
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const status = statSync(join(folder, name), { throwIfNoEntry: false }); // It can be removed meanwhile.
    if (status) inodes.set(status.ino, status.blocks * 512);
  }
  return [...inodes.values()].reduce((sum, bytes) => sum + bytes, 0);
}

/** The memory of the serving process of a local deployment, which is resident at the same time. Linux only. */
export class ServerMemory {
  readonly #process: string;
  readonly #atStart: number;

  /** Begins to measure. */
  constructor(dataDirectory: string) {
    const { pid } = JSON.parse(readFileSync(join(dataDirectory, "instance.json"), "utf8")) as { pid: number };
    this.#process = `/proc/${pid}`;
    // Resets the peak: https://docs.kernel.org/filesystems/proc.html#process-specific-subdirectories
    writeFileSync(join(this.#process, "clear_refs"), "5");
    this.#atStart = this.#peak();
  }

  /** Bytes by which the memory has grown at most since the start. */
  growth(): number {
    return this.#peak() - this.#atStart;
  }

  #peak(): number {
    const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(join(this.#process, "status"), "utf8")) ?? [];
    return Number(kibibytes) * 1024;
  }
}
