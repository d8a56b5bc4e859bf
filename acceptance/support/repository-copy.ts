import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { ROOT } from "./root.ts";

/** What a local deployment consists of. */
const DEPLOYED = [
  "cdktf.json",
  "lib",
  "main.ts",
  "package-lock.json",
  "package.json",
  "packages",
  "scripts",
  "services",
  "stacks",
  "tools",
  "tsconfig.json",
];

/** A copy of the sources that a test can change while others use the repository. It has the same installed packages. */
export class RepositoryCopy {
  readonly folder = mkdtempSync(join(tmpdir(), "nv-demo-copy-"));

  constructor() {
    for (const name of DEPLOYED) {
      cpSync(join(ROOT, name), join(this.folder, name), {
        recursive: true,
        filter: (path) => basename(path) !== "node_modules",
      });
    }
    symlinkSync(join(ROOT, "node_modules"), join(this.folder, "node_modules"), "dir");
  }

  /** Replaces a text in a file, and saves it like an editor: a new file is moved over the old one. */
  replace(path: string, from: string, to: string): void {
    const file = join(this.folder, path);
    const text = readFileSync(file, "utf8");
    if (!text.includes(from)) throw new Error(`${path} does not contain ${JSON.stringify(from)}.`);
    writeFileSync(`${file}.tmp`, text.replace(from, to));
    renameSync(`${file}.tmp`, file);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
