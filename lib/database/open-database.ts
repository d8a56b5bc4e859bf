import type { AwsAccess } from "../aws/access.ts";
import type { Log } from "../log/log.ts";
import { CachedSecret, userSecret } from "../secrets/cached-secret.ts";
import { SecretsManagerStore } from "../secrets/secret-store.ts";
import type { Clock } from "../time/clock.ts";
import { PostgresDatabase } from "./postgres-database.ts";
import type { DatabaseSettings } from "./settings.ts";

/** Milliseconds. When the password is rejected, the secret is read again, at most once per `refreshInterval`. */
const SECRET_CACHE = { ttl: 3_600_000, refreshInterval: 5_000 } as const;

export interface DatabaseDependencies {
  /** With which the secret is read; its tracer also measures the statements. */
  readonly access: AwsAccess;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * The database of a program, with the role whose secret the settings name. It reads the secret and connects when first
 * used.
 *
 * @param connections maximum number of open connections
 */
export function openDatabase(
  settings: DatabaseSettings,
  { access, clock, log }: DatabaseDependencies,
  connections = 1,
): PostgresDatabase {
  const secrets = new SecretsManagerStore(access);
  const credentials = new CachedSecret(secrets, settings.secretArn, userSecret, clock, SECRET_CACHE);
  return new PostgresDatabase(settings, credentials, log, connections, access.tracer);
}
