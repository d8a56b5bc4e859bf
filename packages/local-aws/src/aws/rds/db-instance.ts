import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Processes } from "../../runtime/processes.ts";
import { type Parameter, parameterFile } from "./parameters.ts";
import type { PostgresBinaries } from "./postgres/binaries.ts";
import { type Master, PARAMETER_FILE, PostgresCluster } from "./postgres/cluster.ts";
import { PostgresServer } from "./postgres/server.ts";

export type DbInstanceStatus = "available" | "stopped" | "failed";

/** One DB instance: a data directory and, while it runs, a server. Callers await each call before the next one. */
export class DbInstance {
  readonly identifier: string;
  readonly #cluster: PostgresCluster;
  readonly #binaries: PostgresBinaries;
  readonly #processes: Processes;
  readonly #onLog: (line: string) => void;
  #server: PostgresServer | undefined;

  constructor(
    identifier: string,
    directory: string,
    binaries: PostgresBinaries,
    processes: Processes,
    onLog: (line: string) => void,
  ) {
    this.identifier = identifier;
    this.#cluster = new PostgresCluster(directory, binaries, processes);
    this.#binaries = binaries;
    this.#processes = processes;
    this.#onLog = onLog;
  }

  /** `failed` when the server has ended without a call of {@link stop}. */
  get status(): DbInstanceStatus {
    if (!this.#server) return "stopped";
    return this.#server.isRunning ? "available" : "failed";
  }

  /** The port on which the server listens, or did before it failed; undefined when it is stopped. */
  get port(): number | undefined {
    return this.#server?.port;
  }

  /** Of the server, or of the program that runs it as another user; undefined when it is stopped. */
  get processId(): number | undefined {
    return this.#server?.processId;
  }

  /** Where the database is stored. */
  get directory(): string {
    return this.#cluster.directory;
  }

  create(master: Master, database: string | undefined, superuserPassword: string): Promise<void> {
    return this.#cluster.create(master, database, superuserPassword);
  }

  async start(port: number): Promise<void> {
    if (this.status === "available") return;
    this.#server = await PostgresServer.start(
      this.#cluster.directory,
      port,
      this.#binaries,
      this.#processes,
      this.#onLog,
    );
  }

  async stop(): Promise<void> {
    await this.#server?.stop();
    this.#server = undefined;
  }

  /** Sets the password of the master user. Leaves the instance stopped. */
  async setPassword(master: Master): Promise<void> {
    await this.stop();
    await this.#cluster.setPassword(master);
  }

  /** Parameters that do not require a restart take effect on a running server immediately. */
  setParameters(parameters: readonly Parameter[]): void {
    const path = join(this.#cluster.directory, PARAMETER_FILE);
    const content = parameterFile(parameters);
    if (content === (existsSync(path) ? readFileSync(path, "utf8") : "")) return;
    writeFileSync(path, content);
    this.#server?.reload();
  }

  /** Stops the instance and deletes its data. */
  async destroy(): Promise<void> {
    await this.stop();
    rmSync(this.#cluster.directory, { recursive: true, force: true });
  }
}
