import pg, { type Client } from "pg";
import { classifyFailure } from "../../lib/database/failure.ts";
import { connectionOptions, type DatabaseSettings } from "../../lib/database/settings.ts";
import type { UserSecret } from "../../lib/secrets/cached-secret.ts";
import type { Clock } from "../../lib/time/clock.ts";

/** How long a database that is being made or restarted is waited for, in milliseconds. */
const PATIENCE_MS = 20_000;

/**
 * Connects as the given user. A deployment calls this moments after the database was made, so one that is not there yet is tried again
 * for a while; one that refuses the user or lacks the database is not.
 */
export async function connectPatiently(
  settings: DatabaseSettings,
  { username, password }: UserSecret,
  clock: Clock,
  pause: () => Promise<void>,
): Promise<Client> {
  const giveUpAt = clock.now() + PATIENCE_MS;
  for (;;) {
    const client = new pg.Client({
      ...connectionOptions(settings),
      user: username,
      password,
      connectionTimeoutMillis: 3_000,
    });
    // The failing call tells; without a listener the event would end the process.
    client.on("error", () => {});
    try {
      await client.connect();
      return client;
    } catch (error) {
      const hopeless = ["credentials", "statement"].includes(classifyFailure(error));
      if (hopeless || clock.now() >= giveUpAt) throw error;
      await pause();
    }
  }
}
