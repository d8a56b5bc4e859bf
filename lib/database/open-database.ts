import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { Log } from "../log/log.ts";
import { CachedSecret, userSecret } from "../secrets/cached-secret.ts";
import { SecretsManagerStore } from "../secrets/secret-store.ts";
import type { Clock } from "../time/clock.ts";
import { PostgresDatabase } from "./postgres-database.ts";
import type { DatabaseSettings } from "./settings.ts";

/** Milliseconds. When the password is rejected, the secret is read again, at most once per `refreshInterval`. */
const SECRET_CACHE = { ttl: 3_600_000, refreshInterval: 5_000 } as const;

/**
 * The database of a program, with the role whose secret the settings name. It reads the secret and connects when first
 * used.
 *
 * @param connections maximum number of open connections
 */
export function openDatabase(settings: DatabaseSettings, clock: Clock, log: Log, connections = 1): PostgresDatabase {
  const secrets = new SecretsManagerStore(new SecretsManagerClient({ maxAttempts: 2 }));
  const credentials = new CachedSecret(secrets, settings.secretArn, userSecret, clock, SECRET_CACHE);
  return new PostgresDatabase(settings, credentials, log, connections);
}
