import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { ROOT } from "./root.ts";
import type { Target } from "./target.ts";
import { until } from "./until.ts";

/** A local deployment in its own data folder, started with the command of the README. */
export class LocalDeployment {
  readonly dataDirectory: string;
  #process: ChildProcess | undefined;
  #output = "";

  constructor(dataDirectory = mkdtempSync(join(tmpdir(), "nv-demo-acceptance-"))) {
    this.dataDirectory = dataDirectory;
  }

  /** Runs `npm start -- --json` and resolves when it has printed its URLs. */
  async start(): Promise<Target> {
    const env = { ...process.env, NV_DEMO_DATA: this.dataDirectory };
    // In a separate process group, which can receive a signal like that of Ctrl-C in a terminal.
    const child = spawn("npm", ["start", "--silent", "--", "--json"], { cwd: ROOT, env, detached: true });
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
    await until("the instance has stopped", () => !existsSync(join(this.dataDirectory, "instance.json")), 20_000);
  }

  /** Kills the serving process with SIGKILL; its launchers exit too. */
  async kill(): Promise<void> {
    const { pid } = JSON.parse(readFileSync(join(this.dataDirectory, "instance.json"), "utf8")) as { pid: number };
    const exited = this.#exit();
    process.kill(pid, "SIGKILL");
    await exited;
  }

  async remove(): Promise<void> {
    if (this.#process?.exitCode === null && this.#process.signalCode === null) await this.interrupt();
    rmSync(this.dataDirectory, { recursive: true, force: true });
  }

  async #exit(): Promise<void> {
    const child = this.#process;
    if (child && child.exitCode === null && child.signalCode === null) await once(child, "exit");
  }
}
