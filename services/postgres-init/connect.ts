import pg, { type Client } from "pg";
import { classifyFailure } from "../../lib/database/failure.ts";
import { connectionOptions, type DatabaseSettings } from "../../lib/database/settings.ts";
import type { UserSecret } from "../../lib/secrets/cached-secret.ts";
import type { Clock } from "../../lib/time/clock.ts";

/** Time limit for a database that is being created or restarted. */
const STARTUP_TIMEOUT_MS = 20_000;

/**
 * Connects as the given user. A deployment calls this right after the database was created, so an unavailable server is
 * retried for {@link STARTUP_TIMEOUT_MS}. An error of credentials or of the database name is not retried.
 */
export async function connectWithRetry(
  settings: DatabaseSettings,
  { username, password }: UserSecret,
  clock: Clock,
  pause: () => Promise<void>,
): Promise<Client> {
  const deadline = clock.now() + STARTUP_TIMEOUT_MS;
  for (;;) {
    const client = new pg.Client({
      ...connectionOptions(settings),
      user: username,
      password,
      connectionTimeoutMillis: 3_000,
    });
    // The failing call reports the error. Without a listener, the event would end the process.
    client.on("error", () => {});
    try {
      await client.connect();
      return client;
    } catch (error) {
      const isPermanent = ["credentials", "statement"].includes(classifyFailure(error));
      if (isPermanent || clock.now() >= deadline) throw error;
      await pause();
    }
  }
}
