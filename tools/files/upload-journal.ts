import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { parseJson } from "../../lib/json/parse-json.ts";

/** What an upload in parts sends; another content is another upload. */
export interface JournalEntry {
  readonly key: string;
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly modified: number;
  readonly sha256: string;
}

const content = v.object({ uploadId: v.string() });

/** Remembers the uploads in parts of one address, so that they can be resumed; a file each in a cache folder. */
export class UploadJournal {
  readonly #folder: string;
  readonly #address: string;

  constructor(folder: string, address: string) {
    this.#folder = folder;
    this.#address = address;
  }

  /** The ID of the upload; undefined when there is none. */
  find(entry: JournalEntry): string | undefined {
    try {
      const parsed = v.safeParse(content, parseJson(readFileSync(this.#path(entry), "utf8")));
      return parsed.success ? parsed.output.uploadId : undefined;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw error;
    }
  }

  write(entry: JournalEntry, uploadId: string): void {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    writeFileSync(this.#path(entry), JSON.stringify({ uploadId }), { mode: 0o600 });
  }

  remove(entry: JournalEntry): void {
    rmSync(this.#path(entry), { force: true });
  }

  #path({ key, size, modified, sha256 }: JournalEntry): string {
    const identity = JSON.stringify([this.#address, key, size, modified, sha256]);
    return join(this.#folder, `${createHash("sha256").update(identity).digest("hex").slice(0, 32)}.json`);
  }
}
