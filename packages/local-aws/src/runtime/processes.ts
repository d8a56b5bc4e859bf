import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { Journal } from "./journal.ts";

/**
 * The child processes of the local AWS (Lambda execution environments, PostgreSQL, DynamoDB), recorded with their start
 * time, so that the processes that survive a `kill -9` of the local AWS are found and ended at the next start. A
 * process ID alone is not enough, because the system reuses IDs.
 */
export class Processes {
  readonly #journal: Journal<{ pid: number; startedAt: string; signal: NodeJS.Signals }>;
  readonly #children = new Set<ChildProcess>();

  constructor(path: string) {
    this.#journal = new Journal(path);
  }

  /** Ends the processes that a killed instance left running. Resolves when they have ended. */
  async sweep(): Promise<void> {
    for (const [key, { pid, startedAt, signal }] of this.#journal.entries()) {
      if (processStartTime(pid) === startedAt) {
        sendSignal(pid, "SIGCONT"); // A frozen sandbox cannot act on any other signal.
        sendSignal(pid, signal);
        while (processStartTime(pid) === startedAt) await new Promise((resolve) => setTimeout(resolve, 10));
      }
      this.#journal.delete(key);
    }
  }

  /**
   * Like `child_process.spawn`; `endWith` is the signal that ends an orphan of this kind (PostgreSQL shuts down cleanly
   * and immediately on SIGINT).
   */
  spawn(
    command: string,
    args: readonly string[],
    options: SpawnOptions & { endWith?: NodeJS.Signals } = {},
  ): ChildProcess {
    const { endWith = "SIGKILL", ...spawnOptions } = options;
    const child = spawn(command, args, spawnOptions);
    const { pid } = child;
    if (pid === undefined) return child; // The caller receives the "error" event.
    const startedAt = processStartTime(pid);
    if (startedAt !== undefined) this.#journal.set(String(pid), { pid, startedAt, signal: endWith });
    this.#children.add(child);
    child.once("exit", () => {
      this.#children.delete(child);
      this.#journal.delete(String(pid));
    });
    return child;
  }

  /** Kills the processes that their owners did not stop. Call last. */
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
 * The kernel's start time of a live process (clock ticks since boot, from `/proc/<pid>/stat`), which together with the
 * ID identifies one process. Undefined when the process has ended or is a zombie, and on systems without `/proc`, where
 * no process is recorded.
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
    // It ended between the check and the signal.
  }
}
