import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { createServer } from "node:net";
import { dirname } from "node:path";
import { promisify } from "node:util";
import type { Machine } from "./machine-checks.ts";

/** Milliseconds in which a program must print its version. */
const TIMEOUT = 15_000;

/** @param path the user's own PATH, without the Node.js that npm installed for the commands. */
export function thisMachine(path: string): Machine {
  return {
    async output(program, args) {
      try {
        const env = { ...process.env, PATH: path, CHECKPOINT_DISABLE: "1" };
        return (await promisify(execFile)(program, [...args], { env, timeout: TIMEOUT })).stdout.trim();
      } catch {
        return undefined;
      }
    },
    async freeBytes(folder) {
      const { bavail, bsize } = await statfs(nearestExisting(folder));
      return bavail * bsize;
    },
    canListen: () =>
      new Promise((resolve) => {
        const server = createServer();
        server.once("error", () => resolve(false));
        server.listen(0, "127.0.0.1", () => server.close(() => resolve(true)));
      }),
  };
}

/** The folder itself, or its nearest ancestor that exists. */
function nearestExisting(folder: string): string {
  return existsSync(folder) ? folder : nearestExisting(dirname(folder));
}
