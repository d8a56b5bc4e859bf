import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { GenerationCache } from "../../lib/cache/generation-cache.ts";
import { openCacheStore } from "../../lib/cache/open-cache-store.ts";
import { PostgresDatabase } from "../../lib/database/postgres-database.ts";
import { createLog } from "../../lib/log/create-log.ts";
import { createS3Client, S3ObjectStore } from "../../lib/objects/s3-object-store.ts";
import { CachedSecret, userSecret } from "../../lib/secrets/cached-secret.ts";
import { SecretsManagerStore } from "../../lib/secrets/secret-store.ts";
import { systemClock } from "../../lib/time/clock.ts";
import { readConfig } from "./config.ts";
import { FileTable } from "./file-table.ts";
import { type ReconcileReport, type ReconcileRequest, reconcile } from "./reconcile.ts";
import { createSweep } from "./sweep.ts";
import { createUpdate } from "./update.ts";

// ---- Cold start: clients are made here and connect when first used. ----

const config = readConfig();
const clock = systemClock;
const log = createLog(config.log);

const s3 = createS3Client();
const secrets = new SecretsManagerStore(new SecretsManagerClient({ maxAttempts: 2 }));
const credentials = new CachedSecret(secrets, config.database.secretArn, userSecret, clock, {
  ttl: 3_600_000,
  refreshInterval: 5_000,
});
const table = new FileTable(new PostgresDatabase(config.database, credentials, log));

const cacheStore = openCacheStore(config.cache, config.region, s3.config.credentials, clock);
const cache = new GenerationCache(cacheStore, clock, log);

const bucket = (name: string) => new S3ObjectStore(s3, name);
const update = createUpdate({ table, cache, log, bucket });
const sweep = createSweep(table, clock, log);

// ---- Each event ----

/** Called by Lambda's poller of the queue, with `ReportBatchItemFailures`; or with `{"name": "reconcile", "bucket": …}`, see {@link reconcile}. */
export const handler = async (
  event: SQSEvent | ReconcileRequest,
  context: Context,
): Promise<SQSBatchResponse | ReconcileReport> => {
  log.addContext(context);
  if (!("Records" in event)) {
    const timeLeft = () => context.getRemainingTimeInMillis();
    return reconcile(event, { table, bucket, cache, timeLeft, log });
  }
  const response = await update(event);
  await sweep();
  return response;
};
