import { once } from "node:events";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Processes } from "../../../runtime/processes.ts";
import type { EngineServer } from "./engine-server.ts";

/** Path of the executable for this platform; undefined if npm installed none. */
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

/**
 * Starts Dynoxide, an implementation of DynamoDB on SQLite, in a separate process. Acknowledged writes survive its
 * crash.
 *
 * @throws Error with the output of the process when it ends before it listens.
 */
export async function startDynoxide(
  path: string,
  directory: string,
  port: number,
  processes: Processes,
): Promise<EngineServer> {
  const child = processes.spawn(path, ["serve", "--port", String(port), "--db-path", join(directory, "tables.db")], {
    stdio: ["ignore", "pipe", "pipe"],
    detached: true, // Not in the process group that receives Ctrl-C.
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
  if (!(await listening)) throw new Error(`Dynoxide did not start: ${output}`);
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
