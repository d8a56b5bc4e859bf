import { once } from "node:events";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Processes } from "../../../runtime/processes.ts";
import type { EngineServer } from "../engine.ts";

/** The program for this machine, if npm installed one. */
export function dynoxidePath(): string | undefined {
  try {
    const manifest = createRequire(import.meta.url).resolve(
      `@dynoxide/${process.platform}-${process.arch}/package.json`,
    );
    return join(dirname(manifest), "dynoxide");
  } catch {
    return undefined;
  }
}

/** Dynoxide, a DynamoDB over SQLite, as a process of its own. A write that it acknowledged survives its death. */
export async function startDynoxide(
  path: string,
  directory: string,
  port: number,
  processes: Processes,
): Promise<EngineServer> {
  const child = processes.spawn(path, ["serve", "--port", String(port), "--db-path", join(directory, "tables.db")], {
    stdio: ["ignore", "pipe", "pipe"],
    // out of reach of the terminal's Ctrl-C
    detached: true,
  });
  const ended = new Promise<void>((resolve) => {
    child.once("close", () => resolve());
    child.once("error", () => resolve());
  });
  let output = "";
  const listening = new Promise<boolean>((resolve) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString("utf8");
      if (output.includes("listening")) resolve(true);
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("error", (error) => {
      output += error.message;
    });
    void ended.then(() => resolve(false));
  });
  if (!(await listening)) throw new Error(`DynamoDB could not start: ${output}`);
  for (const stream of [child.stdout, child.stderr]) stream?.removeAllListeners("data").resume();
  return {
    ended,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGTERM");
      await Promise.race([ended, once(child, "exit")]);
    },
  };
}
