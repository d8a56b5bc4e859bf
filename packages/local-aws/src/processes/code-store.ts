import { createHash, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, normalize, sep } from "node:path";
import { unzipSync } from "fflate";
import { AwsError } from "../runtime/error.ts";

export interface StoredCode {
  /** Base64, as Lambda returns it. */
  readonly codeSha256: string;
  /** Size of the zip in bytes. */
  readonly codeSize: number;
}

/** Deployment packages by their digest: the zip file, and the folder into which it is unpacked once. */
export class CodeStore {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
    mkdirSync(join(directory, "zip"), { recursive: true });
    mkdirSync(join(directory, "task"), { recursive: true });
  }

  /** @throws AwsError `InvalidParameterValueException` for an invalid zip file or one with paths outside its root. */
  put(zip: Uint8Array): StoredCode {
    const digest = createHash("sha256").update(zip).digest();
    const path = this.#zip(digest.toString("hex"));
    if (!existsSync(path)) {
      readZip(zip);
      writeAtomically(path, zip);
    }
    return { codeSha256: digest.toString("base64"), codeSize: zip.byteLength };
  }

  has(codeSha256: string): boolean {
    return existsSync(this.#zip(hex(codeSha256)));
  }

  /** The folder with the unpacked package (`LAMBDA_TASK_ROOT`). */
  taskRoot(codeSha256: string): string {
    const root = join(this.#directory, "task", hex(codeSha256));
    if (existsSync(root)) return root;
    const temporary = `${root}.${randomUUID()}`;
    for (const [name, content] of readZip(readFileSync(this.#zip(hex(codeSha256))))) {
      const path = join(temporary, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
    }
    mkdirSync(temporary, { recursive: true });
    renameSync(temporary, root);
    return root;
  }

  /** Deletes all other packages. Call it only while no function runs: one may still load files of an old package. */
  prune(used: readonly string[]): void {
    const retained = new Set(used.map(hex));
    for (const folder of ["zip", "task"]) {
      for (const name of readdirSync(join(this.#directory, folder))) {
        if (!retained.has(name.replace(/\..*$/, ""))) rmSync(join(this.#directory, folder, name), { recursive: true });
      }
    }
  }

  #zip(digest: string): string {
    return join(this.#directory, "zip", `${digest}.zip`);
  }
}

/** The files of a package. Like Lambda, rejects paths outside of the root. */
function readZip(zip: Uint8Array): [name: string, content: Uint8Array][] {
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(zip);
  } catch (error) {
    throw new AwsError("InvalidParameterValueException", `Could not unzip uploaded file: ${(error as Error).message}`);
  }
  return Object.entries(files)
    .filter(([name]) => !name.endsWith("/"))
    .map(([name, content]) => {
      const path = normalize(name);
      if (path.startsWith(sep) || path.split(sep).includes("..")) {
        throw new AwsError("InvalidParameterValueException", `The zip contains a path outside its root: ${name}`);
      }
      return [path, content];
    });
}

/** The file is complete or missing, even if the process is killed. */
function writeAtomically(path: string, content: Uint8Array): void {
  writeFileSync(`${path}.new`, content);
  renameSync(`${path}.new`, path);
}

function hex(codeSha256: string): string {
  return Buffer.from(codeSha256, "base64").toString("hex");
}
