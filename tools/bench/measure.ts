import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { interruption } from "../command-line/interruption.ts";

interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly variables?: NodeJS.ProcessEnv;
  /**
   * Ends the measurement and interrupts the program at the first line of output that it accepts; default: when the
   * program ends.
   */
  readonly until?: (line: string) => boolean;
}

/**
 * Runs a command. When this process is interrupted, the command is too.
 *
 * @returns the seconds that it took.
 * @throws InterruptedError when the command has ended after an interruption.
 */
export function measure({ program, args, variables, until }: Command): Promise<number> {
  const interrupted = interruption();
  interrupted.throwIfAborted();
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const child = spawn(program, args, {
      env: { ...process.env, ...variables },
      stdio: ["ignore", "pipe", "ignore"],
      detached: true,
    });
    const signalGroup = (signal: NodeJS.Signals) => {
      if (child.pid !== undefined) process.kill(-child.pid, signal);
    };
    const stop = () => signalGroup("SIGTERM");
    interrupted.addEventListener("abort", stop);
    let seconds: number | undefined;
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (seconds !== undefined || !until?.(line)) return;
      seconds = (performance.now() - startedAt) / 1000;
      signalGroup("SIGINT");
    });
    child.on("error", reject);
    // All processes of the group have closed the output then.
    child.on("close", (code) => {
      interrupted.removeEventListener("abort", stop);
      if (interrupted.aborted) return reject(interrupted.reason);
      if (seconds === undefined && code !== 0)
        return reject(new Error(`${program} ${args.join(" ")} exited with ${code}`));
      resolve(seconds ?? (performance.now() - startedAt) / 1000);
    });
  });
}

/** The median of several runs, because a shared machine has outliers. */
export async function median(runs: number, once: () => Promise<number>): Promise<number> {
  const seconds: number[] = [];
  for (let run = 0; run < runs; run += 1) seconds.push(await once());
  return seconds.toSorted((a, b) => a - b)[Math.floor(runs / 2)] ?? Number.NaN;
}
