import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { processesWith } from "./processes.ts";
import { ROOT } from "./root.ts";
import type { Target } from "./target.ts";
import { until } from "./until.ts";

/** Milliseconds within which a deployment stops. */
const STOP_MS = 20_000;

// A signal ends a process without its exit handlers by default.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => process.exit(128 + constants.signals[signal]));
}

/** A local deployment in its own data folder, started with the command of the README. */
export class LocalDeployment {
  readonly dataDirectory: string;
  #process: ChildProcess | undefined;
  #output = "";

  constructor(dataDirectory = mkdtempSync(join(tmpdir(), "nv-demo-acceptance-"))) {
    this.dataDirectory = dataDirectory;
    process.on("exit", this.#endWithProcess);
  }

  /** Runs `npm start -- --json` and resolves when it has printed its URLs. Edits during the tests do not change it. */
  async start(): Promise<Target> {
    const env = { ...process.env, NV_DEMO_DATA: this.dataDirectory };
    // In a separate process group, which can receive a signal like that of Ctrl-C in a terminal.
    const child = spawn("npm", ["start", "--silent", "--", "--json", "--no-watch"], { cwd: ROOT, env, detached: true });
    this.#process = child;
    this.#output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (this.#output += String(chunk)));
    const deployment = await new Promise<Omit<Target, "kind" | "prefix" | "dataDirectory">>((resolve, reject) => {
      createInterface({ input: child.stdout }).on("line", (line) => {
        if (line.startsWith("{")) resolve(JSON.parse(line));
      });
      child.once("exit", (code) => reject(new Error(`npm start exited with code ${code}:\n${this.#output}`)));
    });
    return { ...deployment, kind: "local", prefix: "nv-demo", dataDirectory: this.dataDirectory };
  }

  /** The output since the last start. */
  get output(): string {
    return this.#output;
  }

  /**
   * Sends SIGINT, like Ctrl-C in a terminal. Resolves when the instance has released its data folder; npm itself exits
   * earlier.
   */
  async interrupt(): Promise<void> {
    const exited = this.#exit();
    if (this.#process?.pid !== undefined) process.kill(-this.#process.pid, "SIGINT");
    await exited;
    await until("the instance has stopped", () => !existsSync(join(this.dataDirectory, "instance.json")), STOP_MS);
  }

  /** Kills the serving process with SIGKILL; its launchers exit too. */
  async kill(): Promise<void> {
    const { pid } = JSON.parse(readFileSync(join(this.dataDirectory, "instance.json"), "utf8")) as { pid: number };
    const exited = this.#exit();
    process.kill(pid, "SIGKILL");
    await exited;
  }

  async remove(): Promise<void> {
    if (this.#isRunning) await this.interrupt();
    rmSync(this.dataDirectory, { recursive: true, force: true });
    process.off("exit", this.#endWithProcess);
  }

  /** Vitest exits without teardown when it is interrupted. Only synchronous work is possible then. */
  readonly #endWithProcess = (): void => {
    if (this.#isRunning) process.kill(-Number(this.#process?.pid), "SIGINT");
    const deadline = performance.now() + STOP_MS;
    const pause = new Int32Array(new SharedArrayBuffer(4));
    while (processesWith(this.dataDirectory).length > 0 && performance.now() < deadline) Atomics.wait(pause, 0, 0, 50);
    rmSync(this.dataDirectory, { recursive: true, force: true });
  };

  get #isRunning(): boolean {
    return this.#process?.exitCode === null && this.#process.signalCode === null;
  }

  async #exit(): Promise<void> {
    const child = this.#process;
    if (child && child.exitCode === null && child.signalCode === null) await once(child, "exit");
  }
}
