import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { createServer } from "node:net";
import { dirname } from "node:path";
import { promisify } from "node:util";
import type { Machine } from "./machine.ts";

/** ms for a program to tell its version. */
const TIMEOUT = 15_000;

/** @param path where programs are looked for: the user's own, not that which brings our Node. */
export function thisMachine(path: string): Machine {
  return {
    async output(program, args) {
      try {
        const env = { ...process.env, PATH: path, CHECKPOINT_DISABLE: "1" };
        return (await promisify(execFile)(program, [...args], { env, timeout: TIMEOUT })).stdout.trim();
      } catch {
        return undefined; // not there, or not able to say
      }
    },
    async freeBytes(folder) {
      const { bavail, bsize } = await statfs(existing(folder));
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

/** The folder, or the nearest one above it that is there. */
function existing(folder: string): string {
  return existsSync(folder) ? folder : existing(dirname(folder));
}
