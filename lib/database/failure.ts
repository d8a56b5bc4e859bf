/**
 * What an error of `pg` means for the caller:
 * - `lost`: the connection was closed; a new one may work immediately
 * - `unavailable`: the server is down, starting, or too slow; an immediate retry would only wait again
 * - `credentials`: the user or password was rejected; they may have been rotated
 * - `statement`: the server rejected the statement, which is an error in the program
 */
export type Failure = "lost" | "unavailable" | "credentials" | "statement";

/** SQLSTATE codes: https://www.postgresql.org/docs/17/errcodes-appendix.html */
const bySqlState: Readonly<Record<string, Failure>> = {
  "28000": "credentials", // invalid_authorization_specification
  "28P01": "credentials", // invalid_password
  "57P01": "lost", // admin_shutdown: a restart, or this session was terminated
  "57P02": "lost", // crash_shutdown
  "57P03": "unavailable", // cannot_connect_now: starting or stopping
  "57014": "unavailable", // query_canceled: statement_timeout
  "53300": "unavailable", // too_many_connections
  "25006": "lost", // read_only_sql_transaction: connected to the instance that was the primary before a failover
};

/** Matches errors of `pg` that have no code. */
const timeouts = /timeout/i;

export function classifyFailure(error: unknown): Failure {
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
  const known = bySqlState[code];
  if (known) return known;
  if (/^08/.test(code)) return "lost";
  if (/^53/.test(code)) return "unavailable";
  // A TypeError is an error in the program, such as a value that cannot be serialized.
  if (/^[0-9A-Z]{5}$/.test(code) || error instanceof TypeError) return "statement";
  return error instanceof Error && timeouts.test(error.message) ? "unavailable" : "lost";
}
