import { mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { command } from "./command.ts";
import type { DocumentedCommand } from "./document.ts";
import { ROOT } from "./root.ts";

/** What a clone does not contain. */
const NOT_CLONED = new Set([".git", ".local", "cdktf.out"]);
/** Written to the output before each command. */
const SEPARATOR = "\u001e";

export interface PastedCommand extends DocumentedCommand {
  /** What it wrote to the standard output. */
  readonly stdout: string;
}

/** A folder like a clone of the repository, whose files are links, so that commands may create files in it. */
export class CloneFolder {
  readonly path = mkdtempSync(join(tmpdir(), "nv-demo-documents-"));

  /** @param dataDirectory the data folder of the local deployment. */
  constructor(dataDirectory: string) {
    for (const name of readdirSync(ROOT)) {
      if (!NOT_CLONED.has(name)) symlinkSync(join(ROOT, name), join(this.path, name));
    }
    symlinkSync(join(dataDirectory, "cdktf.out"), join(this.path, "cdktf.out"));
  }

  remove(): void {
    rmSync(this.path, { recursive: true });
  }
}

/**
 * Runs commands in one shell, as if they were pasted into a terminal.
 *
 * @throws an error that names the first command with another exit code than 0.
 */
export async function paste(
  commands: readonly DocumentedCommand[],
  folder: string,
  variables: NodeJS.ProcessEnv,
): Promise<PastedCommand[]> {
  const lines = commands.map((documented) => `printf '${SEPARATOR}'\n${documented.command}`);
  const script = ["set -e -o pipefail", ...lines].join("\n");
  const { code, stdout, output } = await command("bash", ["-c", script], variables, folder);
  const outputs = stdout.split(SEPARATOR).slice(1);
  if (code !== 0) throw new Error(`Exit code ${code} of: ${commands[outputs.length - 1]?.command}\n${output}`);
  return commands.map((documented, index) => ({ ...documented, stdout: outputs[index] ?? "" }));
}
