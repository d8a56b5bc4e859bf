import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Processes } from "../../../runtime/processes.ts";
import type { PostgresBinaries } from "./binaries.ts";
import { asOrdinaryUser } from "./ordinary-user.ts";

/** How much of what the server said is shown when it does not start. */
const SHOWN_LINES = 20;

/** A running PostgreSQL on the loopback interface. */
export class PostgresServer {
  readonly port: number;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.port = port;
  }

  /**
   * Resolves when the server takes connections.
   *
   * @param onLog gets each line of the server's log.
   * @throws Error with the end of the log when the server ends instead.
   */
  static async start(
    directory: string,
    port: number,
    binaries: PostgresBinaries,
    processes: Processes,
    onLog: (line: string) => void,
  ): Promise<PostgresServer> {
    // no socket file: its path would have to be short, and its folder writable
    const settings = ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="];
    const [program, args] = asOrdinaryUser([binaries.postgres, ["-D", directory, "-p", String(port), ...settings]]);
    const child = processes.spawn(program, args, {
      stdio: ["ignore", "ignore", "pipe"],
      detached: true, // Ctrl-C in the terminal is for us, who stop it when nothing needs it any more
      endWith: "SIGINT",
    });
    if (!child.stderr) throw new Error(`${program} could not be started`);
    const said: string[] = [];
    let isReady = () => {};
    const ready = new Promise<"ready">((resolve) => {
      isReady = () => resolve("ready");
    });
    createInterface({ input: child.stderr }).on("line", (line) => {
      said.push(line);
      if (said.length > SHOWN_LINES) said.shift();
      onLog(line);
      if (line.includes("database system is ready to accept connections")) isReady();
    });
    const outcome = await Promise.race([ready, once(child, "close")]);
    if (outcome !== "ready") throw new Error(`PostgreSQL did not start:\n${said.join("\n")}`);
    return new PostgresServer(child, port);
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Reads the configuration files again. */
  reload(): void {
    this.#child.kill("SIGHUP");
  }

  /** Ends open transactions and connections, writes everything down, resolves when the server is gone. */
  async stop(): Promise<void> {
    if (!this.isRunning) return;
    const exit = once(this.#child, "exit");
    this.#child.kill("SIGINT");
    await exit;
  }
}
