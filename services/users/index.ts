import type { APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import { FunctionAuditLog } from "../../lib/audit/audit-log.ts";
import { openDynamoDb } from "../../lib/aws/dynamodb.ts";
import { functionAccess, functionTracer as tracer } from "../../lib/aws/environment.ts";
import type { ApiEvent } from "../../lib/http/request.ts";
import { createLog } from "../../lib/log/create-log.ts";
import { systemClock } from "../../lib/time/clock.ts";
import { DynamoDbCredentialStore } from "../../lib/users/dynamodb-credential-store.ts";
import { DynamoDbUserStore } from "../../lib/users/dynamodb-user-store.ts";
import { openAuthenticator } from "../../lib/users/open-user-tables.ts";
import { UserDirectory } from "../../lib/users/user-directory.ts";
import { createApp } from "./app.ts";
import { readConfig } from "./config.ts";
import { createOperations } from "./create-operations.ts";

// ---- Initialization ----

const config = readConfig();
const { tables } = config.signIn;
const clock = systemClock;
const log = createLog(config.log);
const dynamodb = openDynamoDb(functionAccess);
const audit = new FunctionAuditLog(log);
const directory = new UserDirectory({
  users: new DynamoDbUserStore(dynamodb, tables.users),
  credentials: new DynamoDbCredentialStore(dynamodb, tables.credentials),
  audit,
  clock,
});
const authenticator = openAuthenticator(dynamodb, config.signIn, { clock, log });
const operations = createOperations(directory, authenticator);
const app = createApp({ operations, authenticator, audit, clock, log, tracer });

// ---- Each event ----

/** Invoked by API Gateway (HTTP API, payload format 2.0). */
export const handler = async (event: ApiEvent, context: Context): Promise<APIGatewayProxyStructuredResultV2> => {
  log.addContext(context);
  return app(event);
};
