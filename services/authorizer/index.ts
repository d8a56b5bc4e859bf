import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { APIGatewayRequestAuthorizerEventV2, Context } from "aws-lambda";
import { createLog } from "../../lib/log/create-log.ts";
import { describeError } from "../../lib/log/log.ts";
import { apiKeySecret, CachedSecret, userSecret } from "../../lib/secrets/cached-secret.ts";
import { SecretsManagerStore } from "../../lib/secrets/secret-store.ts";
import { systemClock } from "../../lib/time/clock.ts";
import { createAuthorizer } from "./authorize.ts";
import { readConfig } from "./config.ts";
import { SecretApiKeyStore, SecretUserStore } from "./user-store.ts";

// ---- Initialization ----

const config = readConfig();
const log = createLog(config.log);
const secrets = new SecretsManagerStore(new SecretsManagerClient({ maxAttempts: 2 }));
/**
 * Milliseconds. After a rotation, the old password is denied within a minute and the new one accepted within seconds.
 */
const cacheOptions = { ttl: 60_000, refreshInterval: 5_000 };

const authorize = createAuthorizer(
  new SecretUserStore(new CachedSecret(secrets, config.clientSecretArn, userSecret, systemClock, cacheOptions)),
  new SecretApiKeyStore(new CachedSecret(secrets, config.apiKeySecretArn, apiKeySecret, systemClock, cacheOptions)),
);

// ---- Each event ----

/** Invoked by API Gateway (REQUEST authorizer, payload format 2.0). When it throws, the caller is denied. */
export const handler = async (event: APIGatewayRequestAuthorizerEventV2, context: Context) => {
  log.addContext(context);
  try {
    const result = await authorize(event);
    log.info("Authorized", { isAuthorized: result.isAuthorized, requestId: event.requestContext.requestId });
    return result;
  } catch (error) {
    log.error("Authorization failed", { error: describeError(error) });
    throw error;
  }
};
