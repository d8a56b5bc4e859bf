import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

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

/** Runs a command. @returns the seconds that it took. */
export function measure({ program, args, variables, until }: Command): Promise<number> {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const child = spawn(program, args, {
      env: { ...process.env, ...variables },
      stdio: ["ignore", "pipe", "ignore"],
      detached: true,
    });
    let seconds: number | undefined;
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (seconds !== undefined || !until?.(line)) return;
      seconds = (performance.now() - startedAt) / 1000;
      if (child.pid !== undefined) process.kill(-child.pid, "SIGINT");
    });
    child.on("error", reject);
    child.on("close", (code) => {
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
