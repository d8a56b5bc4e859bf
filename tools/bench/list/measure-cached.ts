import { FunctionAuditLog } from "../../../lib/audit/audit-log.ts";
import { GenerationCache } from "../../../lib/cache/generation-cache.ts";
import { MemoryCacheStore } from "../../../lib/cache/testing/memory-cache-store.ts";
import { silentLog } from "../../../lib/log/testing/silent-log.ts";
import { MemoryObjectStore } from "../../../lib/objects/testing/memory-object-store.ts";
import { MemoryUploadStore } from "../../../lib/objects/testing/memory-upload-store.ts";
import { systemClock } from "../../../lib/time/clock.ts";
import { noTracer } from "../../../lib/tracing/tracer.ts";
import { createApp } from "../../../services/api/app.ts";
import { createOperations } from "../../../services/api/create-operations.ts";
import { CachedFileCatalog, PostgresFileCatalog } from "../../../services/api/file-catalog.ts";
import { apiEvent } from "../../../services/api/testing/api.ts";
import type { FilesDatabase } from "../../../services/postgres-init/testing/files-database.ts";
import { quantile } from "./catalog-timer.ts";
import { BUCKET } from "./fill-files.ts";

const SAMPLES = 200;

const requests = [
  ["GET /api/list", "limit=100"],
  ["GET /api/list", "limit=100&sort=size"],
  ["GET /api/list", "limit=100&delimiter=/"],
  ["GET /api/search", "limit=100&q=jpg"],
] as const;

/**
 * Milliseconds from an event of API Gateway to the response, when the result is in the cache; 95 % took less. The
 * handler of the function runs in this process, and the cache is in its memory: the network, the start of a function
 * and API Gateway are not included.
 */
export async function measureCached({ database }: Pick<FilesDatabase, "database">): Promise<number> {
  const [clock, log] = [systemClock, silentLog];
  const objects = new MemoryObjectStore();
  const catalog = new CachedFileCatalog(
    new PostgresFileCatalog(database, BUCKET),
    new GenerationCache(new MemoryCacheStore(), clock, log),
  );
  const audit = new FunctionAuditLog(log);
  const uploads = new MemoryUploadStore(objects);
  const operations = createOperations({ objects, uploads, catalog, audit, probes: [], clock, log });
  const app = createApp({ operations, audit, clock, log, tracer: noTracer });
  const times: number[] = [];
  for (const [route, query] of requests) {
    for (let sample = 0; sample <= SAMPLES; sample += 1) {
      const started = performance.now();
      const { statusCode } = await app(apiEvent(route, { query }));
      if (statusCode !== 200) throw new Error(`${route}?${query} returned ${statusCode}`);
      if (sample > 0) times.push(performance.now() - started);
    }
  }
  return quantile(times, 0.95);
}
