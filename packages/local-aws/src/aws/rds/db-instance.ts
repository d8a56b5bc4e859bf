import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Processes } from "../../runtime/processes.ts";
import { type Parameter, parameterFile } from "./parameters.ts";
import type { PostgresBinaries } from "./postgres/binaries.ts";
import { type Master, PARAMETER_FILE, PostgresCluster } from "./postgres/cluster.ts";
import { PostgresServer } from "./postgres/server.ts";

export type DbInstanceStatus = "available" | "stopped" | "failed";

/** One database instance: its data directory and, while it runs, its server. Calls are made one after the other. */
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

  /** `failed` when the server ended without being told to. */
  get status(): DbInstanceStatus {
    if (!this.#server) return "stopped";
    return this.#server.isRunning ? "available" : "failed";
  }

  /** Where it listens, or listened last. */
  get port(): number | undefined {
    return this.#server?.port;
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

  /** Leaves the instance stopped. */
  async setPassword(master: Master): Promise<void> {
    await this.stop();
    await this.#cluster.setPassword(master);
  }

  /** A running server takes over at once what needs no restart. */
  setParameters(parameters: readonly Parameter[]): void {
    const path = join(this.#cluster.directory, PARAMETER_FILE);
    const content = parameterFile(parameters);
    if (content === (existsSync(path) ? readFileSync(path, "utf8") : "")) return;
    writeFileSync(path, content);
    this.#server?.reload();
  }

  /** Stops it and deletes its data. */
  async destroy(): Promise<void> {
    await this.stop();
    rmSync(this.#cluster.directory, { recursive: true, force: true });
  }
}
