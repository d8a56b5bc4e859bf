import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findPostgres } from "../aws/rds/postgres/binaries.ts";
import { type Master, PostgresCluster } from "../aws/rds/postgres/cluster.ts";
import { PostgresServer } from "../aws/rds/postgres/server.ts";
import { Ports } from "../runtime/ports.ts";
import { Processes } from "../runtime/processes.ts";

/** The data of a test need not survive a crash of the machine. */
const TEST_SETTINGS = "fsync = off\n";

/** The PostgreSQL of an RDS instance, without the rest of the local AWS. */
export interface DatabaseServer {
  /** On 127.0.0.1. */
  readonly port: number;
  /** Ends all connections and shuts the server down. */
  stop(): Promise<void>;
  /** Starts the server again after {@link stop}, on the same port with the same data. */
  start(): Promise<void>;
  /** Stops the server and removes its data. */
  remove(): Promise<void>;
}

/**
 * Creates an empty instance in a temporary folder. Resolves when it accepts connections.
 *
 * @param master has the privileges that RDS grants to a master user, which are fewer than a superuser's
 */
export async function startDatabaseServer(master: Master): Promise<DatabaseServer> {
  const folder = mkdtempSync(join(tmpdir(), "postgres-"));
  const processes = new Processes(join(folder, "processes"));
  const ports = new Ports(join(folder, "ports"));
  const binaries = findPostgres();
  const cluster = new PostgresCluster(join(folder, "data"), binaries, processes);
  await cluster.create(master, undefined, master.password);
  appendFileSync(join(cluster.directory, "postgresql.conf"), TEST_SETTINGS);
  const port = await ports.claim("postgres");
  const start = () => PostgresServer.start(cluster.directory, port, binaries, processes, () => {});
  let server = await start();
  return {
    port,
    stop: () => server.stop(),
    start: async () => {
      server = await start();
    },
    remove: async () => {
      await server.stop();
      await processes.close();
      ports.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
