import { spawn } from "node:child_process";
import { constants } from "node:os";
import { join } from "node:path";
import { ROOT } from "../paths/root.ts";

/** Runs another program of this repository. @returns its exit code. */
export function runProgram(path: string, args: readonly string[] = []): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...process.execArgv, join(ROOT, path), ...args], {
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
