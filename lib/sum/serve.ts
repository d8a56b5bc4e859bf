import type { AwsAccess } from "../aws/access.ts";
import { containerAccess } from "../aws/container-access.ts";
import { openDatabase } from "../database/open-database.ts";
import { jsonResponse } from "../http/response.ts";
import { createLog } from "../log/create-log.ts";
import type { Log } from "../log/log.ts";
import { type Routes, startServer } from "../server/server.ts";
import { systemClock } from "../time/clock.ts";
import { SegmentSender } from "../tracing/segment-sender.ts";
import { Tracer } from "../tracing/tracer.ts";
import { readConfig } from "./config.ts";
import { NumberTable } from "./number-table.ts";
import { errorPage } from "./page.ts";

/** Per task of a service. All tasks share the connections that the database allows. */
const CONNECTIONS = 4;

/** What the routes of a service may need in addition to the table. */
export interface ServiceContext {
  readonly access: AwsAccess;
  readonly log: Log;
}

/** Runs a service of the Sum system until the process is signalled to stop. */
export async function serve(createRoutes: (table: NumberTable, context: ServiceContext) => Routes): Promise<void> {
  const config = readConfig();
  const clock = systemClock;
  const tracer = new Tracer({ outerContext: () => undefined, emit: (document) => segments.add(document), clock });
  const log = createLog(config.log, tracer);
  const segments = new SegmentSender(containerAccess, log);
  const access = { ...containerAccess, tracer };
  const database = openDatabase(config.database, { access, clock, log }, CONNECTIONS);
  const table = new NumberTable(database);

  const health = async () => {
    await table.check();
    return jsonResponse(200, { status: "pass" });
  };
  const routes = { "GET /health": health, ...createRoutes(table, { access, log }) };
  const tracing = { ...config.tracing, tracer, random: Math.random, clock };
  const server = await startServer({ routes, port: config.port, log, clock, tracing, errorPage });
  // SIGTERM is sent by ECS, SIGINT by Ctrl-C.
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, async () => {
      log.info("Stopping", { signal });
      await server.stop();
      await database.close();
      await segments.flush();
    });
  }
  log.info("Listening", { port: server.port });
}
