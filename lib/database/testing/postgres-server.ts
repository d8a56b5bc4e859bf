import { type DatabaseServer, startDatabaseServer } from "@nv-demo/local-aws/testing";
import type { DatabaseSettings } from "../settings.ts";

const master = { username: "master", password: "master-password" } as const;

/** A real PostgreSQL for tests, set up like an RDS instance. */
export interface PostgresServer extends Omit<DatabaseServer, "port"> {
  readonly settings: DatabaseSettings;
  /** The master user, in the form of a secret that RDS manages. */
  readonly master: typeof master;
}

export async function startPostgresServer(): Promise<PostgresServer> {
  const { port, ...server } = await startDatabaseServer(master);
  const endpoint = { host: "127.0.0.1", port };
  return { ...server, settings: { endpoint, database: "postgres", tls: "off", secretArn: "unused" }, master };
}
