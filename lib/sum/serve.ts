import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { PostgresDatabase } from "../database/postgres-database.ts";
import { jsonResponse } from "../http/response.ts";
import { createLog } from "../log/create-log.ts";
import { CachedSecret, userSecret } from "../secrets/cached-secret.ts";
import { SecretsManagerStore } from "../secrets/secret-store.ts";
import { type Routes, startServer } from "../server/server.ts";
import { systemClock } from "../time/clock.ts";
import { readConfig } from "./config.ts";
import { NumberTable } from "./number-table.ts";
import { problemPage } from "./page.ts";

/** Of one copy of a service; the database has to share its connections among all of them. */
const CONNECTIONS = 4;

/** Runs a service of the Sum system until it is told to end: what its `index.ts` calls, with the routes that are its own. */
export async function serve(routesOf: (table: NumberTable) => Routes): Promise<void> {
  const config = readConfig();
  const log = createLog(config.log);
  const secrets = new SecretsManagerStore(new SecretsManagerClient({ maxAttempts: 2 }));
  const credentials = new CachedSecret(secrets, config.database.secretArn, userSecret, systemClock, {
    ttl: 3_600_000,
    refreshInterval: 5_000,
  });
  const database = new PostgresDatabase(config.database, credentials, log, CONNECTIONS);
  const table = new NumberTable(database);

  const health = async () => {
    await table.check();
    return jsonResponse(200, { status: "pass" });
  };
  const routes = { "GET /health": health, ...routesOf(table) };
  const server = await startServer({ routes, port: config.port, log, clock: systemClock, problemPage });
  // systemd, ECS and Ctrl-C
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, async () => {
      log.info("Ending", { signal });
      await server.stop();
      await database.close();
    });
  }
  log.info("Listening", { port: server.port });
}
