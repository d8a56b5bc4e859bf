import pg from "pg";
import type { UserSecret } from "../../lib/secrets/cached-secret.ts";
import type { Application } from "./applications.ts";
import type { Connection } from "./exclusively.ts";
import { scramVerifier } from "./scram.ts";

/** An application's secret names the master user, whose rights no application must have. */
export class ApplicationRoleError extends Error {
  override readonly name = "ApplicationRoleError";
  readonly code = "ApplicationRoleIsMaster";
}

/** Makes the role of an application as its secret says: it may sign in and do what it is granted, and nothing else. A rotated password is taken over. */
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
    throw new ApplicationRoleError("The application's secret must name a user of its own, not the master user");
  }
  const role = pg.escapeIdentifier(username);
  const verifier = pg.escapeLiteral(await scramVerifier(password, randomBytes(16)));
  const verb = state.exists ? "alter" : "create";
  await connection.query(`${verb} role ${role} login nocreatedb nocreaterole noinherit password ${verifier}`);
  await connection.query(`grant connect on database ${pg.escapeIdentifier(state.database)} to ${role}`);
  await connection.query(`grant usage on schema ${pg.escapeIdentifier(schema)} to ${role}`);
  for (const grant of grants) await connection.query(`grant ${grant} to ${role}`);
}
