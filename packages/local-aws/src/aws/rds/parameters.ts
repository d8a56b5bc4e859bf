/** A parameter of an `aws_db_parameter_group`. */
export interface Parameter {
  readonly name: string;
  readonly value: string;
}

/**
 * Parameters that mean on this machine what they mean on RDS. The others (memory sizes computed from the instance class, preloaded libraries, TLS) are
 * recorded only: a value that PostgreSQL refuses would keep it from starting.
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

/** The parameters that apply, in the form of PostgreSQL's configuration file. A formula (`{DBInstanceClassMemory/9531392}`) is left out. */
export function parameterFile(parameters: readonly Parameter[]): string {
  return parameters
    .filter(({ name, value }) => APPLIED.has(name) && /^[\w .,/+-]+$/.test(value))
    .map(({ name, value }) => `${name} = '${value}'\n`)
    .join("");
}
