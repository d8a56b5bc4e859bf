import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { readJsonFile } from "../../runtime/json-file.ts";
import type { Secret } from "./secret.ts";

/**
 * All secrets in one file that only its owner can read. Each change replaces the file, so that it contains no deleted
 * or replaced values, as a journal would.
 */
export class SecretFile {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  }

  read(): Secret[] {
    return existsSync(this.#path) ? (readJsonFile(this.#path) as Secret[]) : [];
  }

  write(secrets: readonly Secret[]): void {
    const temporary = `${this.#path}.new`;
    const descriptor = openSync(temporary, "w", 0o600);
    writeSync(descriptor, JSON.stringify(secrets));
    fsyncSync(descriptor);
    closeSync(descriptor);
    renameSync(temporary, this.#path);
  }
}
