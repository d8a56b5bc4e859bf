import pg from "pg";
import { PostgresDatabase } from "../../../lib/database/postgres-database.ts";
import { connectionOptions } from "../../../lib/database/settings.ts";
import { startPostgresServer } from "../../../lib/database/testing/postgres-server.ts";
import { silentLog } from "../../../lib/log/testing/silent-log.ts";
import { migrate } from "../migrate.ts";
import { migrations } from "../migrations.ts";

/** A real database with the current schema, for tests of the services that use it. */
export interface FilesDatabase {
  /** The client that the services use. */
  readonly database: PostgresDatabase;
  /** A separate connection for preparing and checking data. */
  readonly admin: pg.Client;
  remove(): Promise<void>;
}

/** @param prepare adds rows when the table of files exists and no later migration has run */
export async function startFilesDatabase(prepare?: (admin: pg.Client) => Promise<void>): Promise<FilesDatabase> {
  const server = await startPostgresServer();
  const { username: user, password } = server.master;
  const admin = new pg.Client({ ...connectionOptions(server.settings), user, password });
  await admin.connect();
  if (prepare) {
    await migrate(admin, migrations.slice(0, 1), async () => {});
    await prepare(admin);
  }
  await migrate(admin, migrations, async () => {});
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
