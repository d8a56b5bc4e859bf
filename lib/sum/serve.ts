import { containerAccess } from "../aws/container-access.ts";
import { openDatabase } from "../database/open-database.ts";
import { jsonResponse } from "../http/response.ts";
import { createLog } from "../log/create-log.ts";
import type { Log } from "../log/log.ts";
import { type Routes, startServer } from "../server/server.ts";
import { systemClock } from "../time/clock.ts";
import { readConfig } from "./config.ts";
import { NumberTable } from "./number-table.ts";
import { errorPage } from "./page.ts";

/** Per task of a service. All tasks share the connections that the database allows. */
const CONNECTIONS = 4;

/** Runs a service of the Sum system until the process is signalled to stop. */
export async function serve(createRoutes: (table: NumberTable, log: Log) => Routes): Promise<void> {
  const config = readConfig();
  const log = createLog(config.log);
  const database = openDatabase(config.database, { access: containerAccess, clock: systemClock, log }, CONNECTIONS);
  const table = new NumberTable(database);

  const health = async () => {
    await table.check();
    return jsonResponse(200, { status: "pass" });
  };
  const routes = { "GET /health": health, ...createRoutes(table, log) };
  const server = await startServer({ routes, port: config.port, log, clock: systemClock, errorPage });
  // SIGTERM is sent by ECS, SIGINT by Ctrl-C.
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, async () => {
      log.info("Stopping", { signal });
      await server.stop();
      await database.close();
    });
  }
  log.info("Listening", { port: server.port });
}
