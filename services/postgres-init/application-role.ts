import pg from "pg";
import type { UserSecret } from "../../lib/secrets/cached-secret.ts";
import type { Connection } from "./advisory-lock.ts";
import type { Application } from "./applications.ts";
import { scramVerifier } from "./scram.ts";

/** The secret of an application contains the master user, whose privileges no application must have. */
export class ApplicationRoleError extends Error {
  override readonly name = "ApplicationRoleError";
  readonly code = "ApplicationRoleIsMaster";
}

/**
 * Creates the role that the application's secret names, or updates its password, and grants it the application's
 * privileges only.
 */
export async function ensureApplicationRole(
  connection: Connection,
  { username, password }: UserSecret,
  { schema, grants }: Application,
  randomBytes: (size: number) => Uint8Array,
): Promise<void> {
  const { rows } = await connection.query<{ exists: boolean; current: string; database: string }>(
    `select exists(select from pg_roles where rolname = $1) as "exists",
            current_user as current, current_database() as database`,
    [username],
  );
  const [state] = rows;
  if (!state || state.current === username) {
    throw new ApplicationRoleError("The secret of the application must contain a user other than the master user");
  }
  const role = pg.escapeIdentifier(username);
  const verifier = pg.escapeLiteral(await scramVerifier(password, randomBytes(16)));
  const verb = state.exists ? "alter" : "create";
  await connection.query(`${verb} role ${role} login nocreatedb nocreaterole noinherit password ${verifier}`);
  await connection.query(`grant connect on database ${pg.escapeIdentifier(state.database)} to ${role}`);
  await connection.query(`grant usage on schema ${pg.escapeIdentifier(schema)} to ${role}`);
  for (const grant of grants) await connection.query(`grant ${grant} to ${role}`);
}
