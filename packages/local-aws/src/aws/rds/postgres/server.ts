import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Processes } from "../../../runtime/processes.ts";
import type { PostgresBinaries } from "./binaries.ts";
import { asUnprivilegedUser } from "./unprivileged-user.ts";

/** Lines of the log in the error message when the server does not start. */
const REPORTED_LINES = 20;

/** A running PostgreSQL on the loopback interface. */
export class PostgresServer {
  readonly port: number;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.port = port;
  }

  /**
   * Resolves when the server accepts connections.
   *
   * @param onLog called with each line of the log.
   * @throws Error with the end of the log when the server does not start.
   */
  static async start(
    directory: string,
    port: number,
    binaries: PostgresBinaries,
    processes: Processes,
    onLog: (line: string) => void,
  ): Promise<PostgresServer> {
    // No Unix-domain socket, because the length of its path is limited.
    const settings = ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="];
    const [program, args] = asUnprivilegedUser([binaries.postgres, ["-D", directory, "-p", String(port), ...settings]]);
    const child = processes.spawn(program, args, {
      stdio: ["ignore", "ignore", "pipe"],
      detached: true, // Not in the process group that receives Ctrl-C: the server must outlive those that use it.
      endWith: "SIGINT",
    });
    if (!child.stderr) throw new Error(`${program} could not be started`);
    const recentLines: string[] = [];
    let isReady = () => {};
    const ready = new Promise<"ready">((resolve) => {
      isReady = () => resolve("ready");
    });
    createInterface({ input: child.stderr }).on("line", (line) => {
      recentLines.push(line);
      if (recentLines.length > REPORTED_LINES) recentLines.shift();
      onLog(line);
      if (line.includes("database system is ready to accept connections")) isReady();
    });
    const outcome = await Promise.race([ready, once(child, "close")]);
    if (outcome !== "ready") throw new Error(`PostgreSQL did not start:\n${recentLines.join("\n")}`);
    return new PostgresServer(child, port);
  }

  get processId(): number | undefined {
    return this.#child.pid;
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Reloads the configuration files. */
  reload(): void {
    this.#child.kill("SIGHUP");
  }

  /** Shuts the server down (fast mode): aborts open transactions, closes connections and writes a checkpoint. */
  async stop(): Promise<void> {
    if (!this.isRunning) return;
    const exit = once(this.#child, "exit");
    this.#child.kill("SIGINT");
    await exit;
  }
}
