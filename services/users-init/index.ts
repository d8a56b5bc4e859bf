import type { Context } from "aws-lambda";
import { FunctionAuditLog } from "../../lib/audit/audit-log.ts";
import { openDynamoDb } from "../../lib/aws/dynamodb.ts";
import { functionAccess } from "../../lib/aws/environment.ts";
import { createLog } from "../../lib/log/create-log.ts";
import { describeError } from "../../lib/log/log.ts";
import { apiKeySecret, CachedSecret, userSecret } from "../../lib/secrets/cached-secret.ts";
import { SecretsManagerStore } from "../../lib/secrets/secret-store.ts";
import { systemClock } from "../../lib/time/clock.ts";
import { DynamoDbCredentialStore } from "../../lib/users/dynamodb-credential-store.ts";
import { DynamoDbUserStore } from "../../lib/users/dynamodb-user-store.ts";
import { readConfig } from "./config.ts";
import { initializeUsers } from "./initialize-users.ts";

// ---- Initialization ----

const config = readConfig();
const log = createLog(config.log);
const secrets = new SecretsManagerStore(functionAccess);
const uncached = { ttl: 0, refreshInterval: 0 };
const client = new CachedSecret(secrets, config.clientSecretArn, userSecret, systemClock, uncached);
const apiKey = new CachedSecret(secrets, config.apiKeySecretArn, apiKeySecret, systemClock, uncached);
const dynamodb = openDynamoDb(functionAccess);
const dependencies = {
  users: new DynamoDbUserStore(dynamodb, config.usersTable),
  credentials: new DynamoDbCredentialStore(dynamodb, config.credentialsTable),
  audit: new FunctionAuditLog(log),
  clock: systemClock,
};

// ---- Each event ----

/** Invoked by Terraform at creation, and whenever the program or one of the secrets changes. */
export const handler = async (_event: unknown, context: Context) => {
  log.addContext(context);
  try {
    const result = await initializeUsers(await client.get(), await apiKey.get(), dependencies);
    log.info("Initialized the users", { ...result });
    return result;
  } catch (error) {
    log.error("The users were not initialized", { error: describeError(error) });
    throw error;
  }
};
