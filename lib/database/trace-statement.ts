import type { Tracer } from "../tracing/tracer.ts";
import type { DatabaseSettings } from "./settings.ts";

/** Runs a statement, or several, as a subsegment with a name in place of the text and the values. */
export function traceStatement<T>(
  tracer: Tracer,
  { database, endpoint: { host, port } }: DatabaseSettings,
  statement: string,
  run: () => Promise<T>,
): Promise<T> {
  const url = `postgresql://${host}:${port}/${database}`;
  const sql = { url, database_type: "PostgreSQL", sanitized_query: statement };
  return tracer.subsegment(`${database}@${host}`, { namespace: "remote", sql }, run);
}
