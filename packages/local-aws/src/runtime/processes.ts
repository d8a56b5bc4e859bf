import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { Journal } from "./journal.ts";

/**
 * The child processes of the stand-in (Lambda sandboxes, PostgreSQL, DynamoDB), written down with their start time, so that those left behind by
 * a `kill -9` of the stand-in are found and ended at the next start. A process id alone would not do: the system may have given it to a stranger.
 */
export class Processes {
  readonly #journal: Journal<{ pid: number; startedAt: string; signal: NodeJS.Signals }>;
  readonly #children = new Set<ChildProcess>();

  constructor(path: string) {
    this.#journal = new Journal(path);
  }

  /** Ends what an earlier, killed instance left running. Resolves when they are gone. */
  async sweep(): Promise<void> {
    for (const [key, { pid, startedAt, signal }] of this.#journal.entries()) {
      if (processStartTime(pid) === startedAt) {
        sendSignal(pid, "SIGCONT"); // a frozen sandbox cannot act on any other signal
        sendSignal(pid, signal);
        while (processStartTime(pid) === startedAt) await new Promise((resolve) => setTimeout(resolve, 10));
      }
      this.#journal.delete(key);
    }
  }

  /** As `child_process.spawn`; `endWith` is the signal that ends an orphan of this kind (PostgreSQL wants SIGINT to shut down at once, cleanly). */
  spawn(
    command: string,
    args: readonly string[],
    options: SpawnOptions & { endWith?: NodeJS.Signals } = {},
  ): ChildProcess {
    const { endWith = "SIGKILL", ...spawnOptions } = options;
    const child = spawn(command, args, spawnOptions);
    const { pid } = child;
    if (pid === undefined) return child; // the caller sees the "error" event
    const startedAt = processStartTime(pid);
    if (startedAt !== undefined) this.#journal.set(String(pid), { pid, startedAt, signal: endWith });
    this.#children.add(child);
    child.once("exit", () => {
      this.#children.delete(child);
      this.#journal.delete(String(pid));
    });
    return child;
  }

  /** Kills whatever its owner did not stop. Call last. */
  async close(): Promise<void> {
    await Promise.all(
      [...this.#children].map(
        (child) =>
          new Promise<void>((resolve) => {
            child.once("exit", () => resolve());
            child.kill("SIGCONT");
            child.kill("SIGKILL");
          }),
      ),
    );
    this.#journal.close();
  }
}

/**
 * The kernel's start time of a live process (clock ticks since boot, from `/proc/<pid>/stat`), which with the id names one process for ever.
 * Undefined when it is gone, a zombie, or on a system without `/proc`, where nothing is recorded and so nothing is swept.
 */
export function processStartTime(pid: number): string | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return fields[0] === "Z" ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // it ended by itself between the look and the signal
  }
}
