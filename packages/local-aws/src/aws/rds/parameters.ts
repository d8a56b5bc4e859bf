/** A parameter of an `aws_db_parameter_group`. */
export interface Parameter {
  readonly name: string;
  readonly value: string;
}

/**
 * Parameters that have the same effect on this machine as on RDS. The others, such as memory sizes that depend on the
 * instance class, preloaded libraries and TLS, are recorded only, because PostgreSQL does not start with a value that
 * it does not support.
 */
const APPLIED = new Set([
  "client_min_messages",
  "deadlock_timeout",
  "default_transaction_isolation",
  "idle_in_transaction_session_timeout",
  "idle_session_timeout",
  "lock_timeout",
  "log_connections",
  "log_disconnections",
  "log_duration",
  "log_error_verbosity",
  "log_lock_waits",
  "log_min_duration_statement",
  "log_min_error_statement",
  "log_min_messages",
  "log_parameter_max_length",
  "log_parameter_max_length_on_error",
  "log_statement",
  "max_connections",
  "statement_timeout",
  "timezone",
  "track_activity_query_size",
  "track_io_timing",
  "transaction_timeout",
  "work_mem",
]);

/**
 * Returns the applied parameters in the format of `postgresql.conf`, without formulas such as
 * `{DBInstanceClassMemory/9531392}`.
 */
export function parameterFile(parameters: readonly Parameter[]): string {
  return parameters
    .filter(({ name, value }) => APPLIED.has(name) && /^[\w .,/+-]+$/.test(value))
    .map(({ name, value }) => `${name} = '${value}'\n`)
    .join("");
}
