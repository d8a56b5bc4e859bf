import { randomBytes } from "node:crypto";
import * as v from "valibot";
import type { DatabaseSettings } from "../../lib/database/settings.ts";
import type { UserSecret } from "../../lib/secrets/cached-secret.ts";
import type { Clock } from "../../lib/time/clock.ts";
import { ensureApplicationRole } from "./application-role.ts";
import { connectPatiently } from "./connect.ts";
import { exclusively } from "./exclusively.ts";
import { migrate } from "./migrate.ts";
import { applicationTables, migrations } from "./migrations.ts";

/** The only payload this function takes; a function that alters a database does nothing by accident. */
const payload = v.strictObject({ name: v.literal("init") });

export class InvalidPayloadError extends Error {
  override readonly name = "InvalidPayloadError";
  readonly code = "InvalidPayload";
}

export interface InitializeDependencies {
  readonly settings: DatabaseSettings;
  /** Read at every call, so that rotated ones are used. */
  readonly masterUser: () => Promise<UserSecret>;
  readonly applicationUser: () => Promise<UserSecret>;
  readonly clock: Clock;
  /** Between two attempts. */
  readonly pause: () => Promise<void>;
}

export interface InitializeResult {
  /** The migrations that this call applied. */
  readonly applied: readonly string[];
  /** The newest version that this program knows. */
  readonly version: number;
  /** The role that may use the tables now. */
  readonly role: string;
}

/** Brings the database to the newest schema and makes the application's role; nothing to do is success. */
export async function initialize(event: unknown, dependencies: InitializeDependencies): Promise<InitializeResult> {
  if (!v.is(payload, event)) throw new InvalidPayloadError('The payload must be {"name": "init"}');
  const { settings, clock, pause } = dependencies;
  const [masterUser, applicationUser] = await Promise.all([dependencies.masterUser(), dependencies.applicationUser()]);
  const client = await connectPatiently(settings, masterUser, clock, pause);
  try {
    const applied = await exclusively(client, async () => {
      const names = await migrate(client, migrations, pause);
      await ensureApplicationRole(client, applicationUser, applicationTables, randomBytes);
      return names;
    });
    return { applied, version: migrations.at(-1)?.version ?? 0, role: applicationUser.username };
  } finally {
    await client.end();
  }
}
