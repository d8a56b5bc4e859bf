import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import type { ApiEvent } from "../../lib/http/request.ts";
import { createLog } from "../../lib/log/create-log.ts";
import { systemClock } from "../../lib/time/clock.ts";
import { createApp } from "./app.ts";
import { readConfig } from "./config.ts";
import { DynamoDbPersonStore } from "./person-store.ts";

// ---- Initialization ----

const config = readConfig();
const log = createLog(config.log);
/**
 * Milliseconds. When DynamoDB, which usually responds within 10 ms, does not, the caller gets a 503 well before the
 * timeout of API Gateway (30 s).
 */
const requestHandler = { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true };
const people = new DynamoDbPersonStore(new DynamoDBClient({ maxAttempts: 3, requestHandler }), config.table);
const app = createApp(people, systemClock, log);

// ---- Each event ----

/** Invoked by API Gateway (HTTP API, payload format 2.0). */
export const handler = async (event: ApiEvent, context: Context): Promise<APIGatewayProxyStructuredResultV2> => {
  log.addContext(context);
  return app(event);
};
