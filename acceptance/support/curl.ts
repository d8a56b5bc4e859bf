import { spawn } from "node:child_process";

export interface CurlResult {
  readonly code: number;
  readonly stdout: Buffer;
}

/** Runs curl, as the README does. */
export function curl(args: readonly string[], cwd?: string): Promise<CurlResult> {
  return new Promise((resolve, reject) => {
    const child = spawn("curl", ["-s", ...args], { cwd, stdio: ["ignore", "pipe", "inherit"] });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 1, stdout: Buffer.concat(chunks) }));
  });
}
