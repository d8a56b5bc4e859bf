import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { functionAccess as access, functionTracer as tracer } from "../../lib/aws/environment.ts";
import { GenerationCache } from "../../lib/cache/generation-cache.ts";
import { openCacheStore } from "../../lib/cache/open-cache-store.ts";
import { openDatabase } from "../../lib/database/open-database.ts";
import { createLog } from "../../lib/log/create-log.ts";
import { createS3Client, S3ObjectStore } from "../../lib/objects/s3-object-store.ts";
import { systemClock } from "../../lib/time/clock.ts";
import { readConfig } from "./config.ts";
import { FileTable } from "./file-table.ts";
import { type ReconcilePayload, type ReconcileReport, reconcile } from "./reconcile.ts";
import { createTombstoneCleanup } from "./tombstone-cleanup.ts";
import { createUpdate } from "./update.ts";

// ---- Initialization: clients are created here and connect when first used. ----

const config = readConfig();
const clock = systemClock;
const log = createLog(config.log);

const s3 = createS3Client(access, { attempts: 2 });
const table = new FileTable(openDatabase(config.database, { access, clock, log }));

const cacheStore = openCacheStore(config.cache, access, clock);
const cache = new GenerationCache(cacheStore, clock, log);

const bucket = (name: string) => new S3ObjectStore(s3, name);
const update = createUpdate({ table, cache, log, bucket, tracer });
const deleteOldTombstones = createTombstoneCleanup(table, clock, log);

// ---- Each event ----

/**
 * Invoked by the event source mapping of the queue, with `ReportBatchItemFailures`, or manually with
 * `{"name": "reconcile", "bucket": …}`; see {@link reconcile}.
 */
export const handler = async (
  event: SQSEvent | ReconcilePayload,
  context: Context,
): Promise<SQSBatchResponse | ReconcileReport> => {
  log.addContext(context);
  if (!("Records" in event)) {
    const timeLeft = () => context.getRemainingTimeInMillis();
    return reconcile(event, { table, bucket, cache, timeLeft, log });
  }
  const response = await update(event);
  await deleteOldTombstones();
  return response;
};
