import { randomBytes } from "node:crypto";
import * as v from "valibot";
import type { DatabaseSettings } from "../../lib/database/settings.ts";
import type { UserSecret } from "../../lib/secrets/cached-secret.ts";
import type { Clock } from "../../lib/time/clock.ts";
import { ensureApplicationRole } from "./application-role.ts";
import { type ApplicationName, applicationNames, applications } from "./applications.ts";
import { connectPatiently } from "./connect.ts";
import { exclusively } from "./exclusively.ts";
import { migrate } from "./migrate.ts";
import { migrations } from "./migrations.ts";

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
  readonly applicationUser: (application: ApplicationName) => Promise<UserSecret>;
  readonly clock: Clock;
  /** Between two attempts. */
  readonly pause: () => Promise<void>;
}

export interface InitializeResult {
  /** The migrations that this call applied. */
  readonly applied: readonly string[];
  /** The newest version that this program knows. */
  readonly version: number;
  /** The role of each application, which may use its tables now. */
  readonly roles: Readonly<Record<ApplicationName, string>>;
}

/** Brings the database to the newest schema and makes the applications' roles; nothing to do is success. */
export async function initialize(event: unknown, dependencies: InitializeDependencies): Promise<InitializeResult> {
  if (!v.is(payload, event)) throw new InvalidPayloadError('The payload must be {"name": "init"}');
  const { settings, clock, pause } = dependencies;
  const [masterUser, users] = await Promise.all([dependencies.masterUser(), applicationUsers(dependencies)]);
  const client = await connectPatiently(settings, masterUser, clock, pause);
  try {
    const applied = await exclusively(client, async () => {
      const names = await migrate(client, migrations, pause);
      for (const [name, user] of users) await ensureApplicationRole(client, user, applications[name], randomBytes);
      return names;
    });
    const roles = Object.fromEntries(users.map(([name, { username }]) => [name, username]));
    return { applied, version: migrations.at(-1)?.version ?? 0, roles: roles as InitializeResult["roles"] };
  } finally {
    await client.end();
  }
}

const applicationUsers = ({ applicationUser }: InitializeDependencies): Promise<[ApplicationName, UserSecret][]> =>
  Promise.all(applicationNames.map(async (name) => [name, await applicationUser(name)]));
