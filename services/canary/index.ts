import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { functionAccess } from "../../lib/aws/environment.ts";
import { createLog } from "../../lib/log/create-log.ts";
import { describeError } from "../../lib/log/log.ts";
import { apiKeySecret, CachedSecret } from "../../lib/secrets/cached-secret.ts";
import { SecretsManagerStore } from "../../lib/secrets/secret-store.ts";
import { systemClock } from "../../lib/time/clock.ts";
import { ApiClient } from "./api-client.ts";
import { readConfig } from "./config.ts";
import { runUserJourney } from "./user-journey.ts";

// ---- Initialization ----

const config = readConfig();
const log = createLog(config.log);
const secrets = new SecretsManagerStore(functionAccess);
const apiKey = new CachedSecret(secrets, config.apiKeySecretArn, apiKeySecret, systemClock, {
  ttl: 0,
  refreshInterval: 0,
});

// ---- Each run ----

/** Invoked by CloudWatch Synthetics; a run succeeds when it does not throw. */
export const handler = async (): Promise<void> => {
  try {
    const { key } = await apiKey.get();
    const api = new ApiClient(fetch, config.apiUrl, key);
    const milliseconds = await runUserJourney({ api, clock: systemClock, pause: () => wait(1_000), id: randomUUID() });
    log.info("The API works", { milliseconds });
  } catch (error) {
    log.error("The API does not work", { error: describeError(error) });
    throw error;
  }
};
