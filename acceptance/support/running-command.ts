import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { constants } from "node:os";
import { processesWith } from "./processes.ts";
import { ROOT } from "./root.ts";
import { until } from "./until.ts";

/** A command that is running. Its processes are known by an environment variable of their own. */
export class RunningCommand {
  /** Standard output. */
  stdout = "";
  /** Standard output and standard error, interleaved. */
  output = "";
  readonly #mark = randomUUID();
  readonly #child: ChildProcess;
  readonly #ended: Promise<number>;

  /** @param cwd the root of the repository by default. */
  constructor(program: string, args: readonly string[], variables: NodeJS.ProcessEnv = {}, cwd = ROOT) {
    const env = { ...process.env, ...variables, TEST_PROCESS_MARK: this.#mark };
    // A process group of its own, like a job of a shell.
    this.#child = spawn(program, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
    this.#child.stdout?.on("data", (chunk) => {
      this.stdout += String(chunk);
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on("data", (chunk) => {
        this.output += String(chunk);
      });
    }
    this.#ended = new Promise((resolve, reject) => {
      this.#child.on("error", reject);
      this.#child.on("close", (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
    });
  }

  /** Resolves when the output matches. @throws when the command ends before. */
  async printed(pattern: RegExp): Promise<void> {
    let code: number | undefined;
    this.#ended.then((ended) => {
      code = ended;
    });
    await until(
      `the command prints ${pattern}`,
      () => {
        if (pattern.test(this.output)) return true;
        if (code !== undefined) throw new Error(`The command ended with ${code} before ${pattern}:\n${this.output}`);
        return false;
      },
      120_000,
    );
  }

  /** Signals the process that was started, or its whole group like Ctrl-C in a terminal. @returns the exit code. */
  async signal(signal: NodeJS.Signals, { group = false } = {}): Promise<number> {
    const { pid } = this.#child;
    if (pid !== undefined) process.kill(group ? -pid : pid, signal);
    return this.#ended;
  }

  /** The processes of the command that still exist. */
  remaining(): string[] {
    return processesWith(this.#mark);
  }

  /** Ends what a failed test has left, in its own order if possible. */
  async dispose(): Promise<void> {
    if (this.remaining().length > 0) {
      await this.signal("SIGTERM", { group: true });
      await until("the processes have ended", () => this.remaining().length === 0, 20_000).catch(() => {});
    }
    for (const line of this.remaining()) {
      try {
        process.kill(Number.parseInt(line, 10), "SIGKILL");
      } catch {
        // It has ended.
      }
    }
    await this.#ended;
  }
}
