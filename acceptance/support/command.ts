import { spawn } from "node:child_process";
import { ROOT } from "./root.ts";

export interface CommandResult {
  readonly code: number;
  /** Standard output. */
  readonly stdout: string;
  /** Standard output and standard error, interleaved. */
  readonly output: string;
}

/** Runs a command. @param cwd the root of the repository by default. */
export function command(
  program: string,
  args: readonly string[],
  variables: NodeJS.ProcessEnv = {},
  cwd = ROOT,
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, ...variables };
    const child = spawn(program, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let output = "";
    child.stdout.on("data", (chunk) => {
      stdout += String(chunk);
      output += String(chunk);
    });
    child.stderr.on("data", (chunk) => {
      output += String(chunk);
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 1, stdout, output }));
  });
}
