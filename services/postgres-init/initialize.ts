import { randomBytes } from "node:crypto";
import * as v from "valibot";
import type { DatabaseSettings } from "../../lib/database/settings.ts";
import { traceStatement } from "../../lib/database/trace-statement.ts";
import type { UserSecret } from "../../lib/secrets/cached-secret.ts";
import type { Clock } from "../../lib/time/clock.ts";
import type { Tracer } from "../../lib/tracing/tracer.ts";
import { withAdvisoryLock } from "./advisory-lock.ts";
import { ensureApplicationRole } from "./application-role.ts";
import { type ApplicationName, applicationNames, applications } from "./applications.ts";
import { connectWithRetry } from "./connect.ts";
import { migrate } from "./migrate.ts";
import { migrations } from "./migrations.ts";

/** The only valid payload, so that no accidental invocation changes the database. */
const payload = v.strictObject({ name: v.literal("init") });

export class InvalidPayloadError extends Error {
  override readonly name = "InvalidPayloadError";
  readonly code = "InvalidPayload";
}

export interface InitializeDependencies {
  readonly settings: DatabaseSettings;
  /** Reads the current credentials, which may have been rotated. */
  readonly masterUser: () => Promise<UserSecret>;
  readonly applicationUser: (application: ApplicationName) => Promise<UserSecret>;
  readonly clock: Clock;
  readonly tracer: Tracer;
  /** Called between two attempts. */
  readonly pause: () => Promise<void>;
}

export interface InitializeResult {
  /** Names of the migrations that this call applied. */
  readonly applied: readonly string[];
  /** The current version of the schema. */
  readonly version: number;
  /** The role of each application. */
  readonly roles: Readonly<Record<ApplicationName, string>>;
}

/**
 * Applies the missing migrations and creates or updates the roles of the applications. It is idempotent.
 *
 * @throws InvalidPayloadError, InitializationLockedError, MigrationChangedError, ApplicationRoleError
 */
export async function initialize(event: unknown, dependencies: InitializeDependencies): Promise<InitializeResult> {
  if (!v.is(payload, event)) throw new InvalidPayloadError('The payload must be {"name": "init"}');
  const { settings, clock, pause, tracer } = dependencies;
  const trace = <T>(name: string, run: () => Promise<T>) => traceStatement(tracer, settings, name, run);
  const [masterUser, users] = await Promise.all([dependencies.masterUser(), applicationUsers(dependencies)]);
  const client = await trace("connect", () => connectWithRetry(settings, masterUser, clock, pause));
  try {
    const applied = await withAdvisoryLock(client, clock, pause, async () => {
      const names = await trace("migrate", () => migrate(client, migrations, pause));
      for (const [name, user] of users) {
        await trace(`role of ${name}`, () => ensureApplicationRole(client, user, applications[name], randomBytes));
      }
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
