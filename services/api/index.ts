import type { APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import { FunctionAuditLog } from "../../lib/audit/audit-log.ts";
import { functionAccess as access, functionTracer as tracer } from "../../lib/aws/environment.ts";
import { GenerationCache } from "../../lib/cache/generation-cache.ts";
import { openCacheStore } from "../../lib/cache/open-cache-store.ts";
import { openDatabase } from "../../lib/database/open-database.ts";
import type { ApiEvent } from "../../lib/http/request.ts";
import { createLog } from "../../lib/log/create-log.ts";
import { createS3Client, S3ObjectStore } from "../../lib/objects/s3-object-store.ts";
import { S3UploadStore } from "../../lib/objects/s3-upload-store.ts";
import { systemClock } from "../../lib/time/clock.ts";
import { createApp } from "./app.ts";
import { readConfig } from "./config.ts";
import { createOperations } from "./create-operations.ts";
import { CachedFileCatalog, PostgresFileCatalog } from "./file-catalog.ts";

// ---- Initialization: clients are created here and connect when first used. ----

const config = readConfig();
const clock = systemClock;
const log = createLog(config.log);

const s3 = createS3Client(access, { attempts: 2 });
const objects = new S3ObjectStore(s3, config.bucket);
const uploads = new S3UploadStore(s3, config.bucket);
const database = openDatabase(config.database, { access, clock, log });
const cacheStore = openCacheStore(config.cache, access, clock);

const catalog = new CachedFileCatalog(
  new PostgresFileCatalog(database, config.bucket),
  new GenerationCache(cacheStore, clock, log),
);

const probes = [
  { name: "database", check: () => database.query({ name: "check", text: "select 1" }) },
  ...(config.cache ? [{ name: "cache", optional: true, check: () => cacheStore.ping() }] : []),
  { name: "bucket", check: () => objects.ping() },
];

const audit = new FunctionAuditLog(log);
const operations = createOperations({ objects, uploads, catalog, audit, probes, clock, log });
const app = createApp({ operations, audit, clock, log, tracer });

// ---- Each event ----

/** Invoked by API Gateway (HTTP API, payload format 2.0). */
export const handler = async (event: ApiEvent, context: Context): Promise<APIGatewayProxyStructuredResultV2> => {
  log.addContext(context);
  return app(event);
};
