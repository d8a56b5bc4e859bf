import { setTimeout as wait } from "node:timers/promises";
import type { Context } from "aws-lambda";
import { functionAccess, functionTracer as tracer } from "../../lib/aws/environment.ts";
import { createLog } from "../../lib/log/create-log.ts";
import { describeError } from "../../lib/log/log.ts";
import { CachedSecret, userSecret } from "../../lib/secrets/cached-secret.ts";
import { SecretsManagerStore } from "../../lib/secrets/secret-store.ts";
import { systemClock } from "../../lib/time/clock.ts";
import { readConfig } from "./config.ts";
import { type InitializeResult, initialize } from "./initialize.ts";

// ---- Initialization ----

const config = readConfig();
const log = createLog(config.log);
const secrets = new SecretsManagerStore(functionAccess);
const uncachedSecret = (arn: string) =>
  new CachedSecret(secrets, arn, userSecret, systemClock, { ttl: 0, refreshInterval: 0 });
const masterSecret = uncachedSecret(config.masterSecretArn);
const applicationSecrets = {
  files: uncachedSecret(config.applicationSecretArns.files),
  sum: uncachedSecret(config.applicationSecretArns.sum),
};

// ---- Each event ----

/** Invoked by a deployment or manually with `{"name": "init"}`; see {@link initialize}. */
export const handler = async (event: unknown, context: Context): Promise<InitializeResult> => {
  log.addContext(context);
  try {
    const result = await initialize(event, {
      settings: config.database,
      masterUser: () => masterSecret.get(),
      applicationUser: (application) => applicationSecrets[application].get(),
      clock: systemClock,
      tracer,
      pause: () => wait(250),
    });
    log.info("The database is initialized", { ...result });
    return result;
  } catch (error) {
    log.error("The database could not be initialized", { error: describeError(error) });
    throw error;
  }
};
