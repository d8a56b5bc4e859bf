import pg from "pg";
import { PostgresDatabase } from "../../../lib/database/postgres-database.ts";
import { connectionOptions } from "../../../lib/database/settings.ts";
import { startPostgresServer } from "../../../lib/database/testing/postgres-server.ts";
import { silentLog } from "../../../lib/log/testing/silent-log.ts";
import { migrations } from "../migrations.ts";

/** A real database with the current schema, for tests of the services that use it. */
export interface FilesDatabase {
  /** The client that the services use. */
  readonly database: PostgresDatabase;
  /** A separate connection for preparing and checking data. */
  readonly admin: pg.Client;
  remove(): Promise<void>;
}

export async function startFilesDatabase(): Promise<FilesDatabase> {
  const server = await startPostgresServer();
  const { username: user, password } = server.master;
  const admin = new pg.Client({ ...connectionOptions(server.settings), user, password });
  await admin.connect();
  for (const { sql } of migrations) await admin.query(sql);
  const credentials = { get: async () => server.master, refresh: async () => server.master };
  const database = new PostgresDatabase(server.settings, credentials, silentLog, 4);
  return {
    database,
    admin,
    remove: async () => {
      await database.close();
      await admin.end();
      await server.remove();
    },
  };
}
