import { spawn } from "node:child_process";
import { constants } from "node:os";
import { join } from "node:path";
import { ROOT } from "../paths/root.ts";

/**
 * Runs another program of this repository.
 *
 * @param variables are set in addition to those of this process, unless they are undefined.
 * @returns its exit code.
 */
export function runProgram(
  path: string,
  args: readonly string[] = [],
  variables: Readonly<Record<string, string | undefined>> = {},
): Promise<number> {
  const defined = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined));
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...process.execArgv, join(ROOT, path), ...args], {
      env: { ...process.env, ...defined },
      // The channel closes when this process terminates; the program then ends too.
      stdio: ["inherit", "inherit", "inherit", "ipc"],
    });
    // A terminal also interrupts the program, which accepts a signal twice and then exits.
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => child.kill(signal));
    process.on("disconnect", () => child.kill("SIGHUP")); // The launcher has terminated.
    child.on("error", reject);
    child.on("exit", (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
}
