import type { APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import { openDynamoDb } from "../../lib/aws/dynamodb.ts";
import { functionAccess, functionTracer as tracer } from "../../lib/aws/environment.ts";
import type { ApiEvent } from "../../lib/http/request.ts";
import { createLog } from "../../lib/log/create-log.ts";
import { systemClock } from "../../lib/time/clock.ts";
import { createApp } from "./app.ts";
import { readConfig } from "./config.ts";
import { DynamoDbPersonStore } from "./person-store.ts";

// ---- Initialization ----

const config = readConfig();
const log = createLog(config.log);
const people = new DynamoDbPersonStore(openDynamoDb(functionAccess), config.table);
const app = createApp(people, systemClock, log, tracer);

// ---- Each event ----

/** Invoked by API Gateway (HTTP API, payload format 2.0). */
export const handler = async (event: ApiEvent, context: Context): Promise<APIGatewayProxyStructuredResultV2> => {
  log.addContext(context);
  return app(event);
};
