/** Why a query failed, in the form of Athena: `TABLE_NOT_FOUND: line 1:15: …`. */
export class QueryError extends Error {
  override readonly name = "QueryError";
}

/** The reason of a failure for any error, in which the messages of DuckDB are those of Athena where both are known. */
export function failureReason(error: unknown): string {
  if (error instanceof QueryError) return error.message;
  const message = error instanceof Error ? error.message : String(error);
  const [, column] = /Referenced column "([^"]+)" (?:was )?not found/.exec(message) ?? [];
  if (column !== undefined) {
    return `COLUMN_NOT_FOUND: Column '${column}' cannot be resolved or requester is not authorized to access requested resources`;
  }
  const [, kind = "", text = message] = /^(\w+) Error: (.*)/.exec(message) ?? [];
  if (kind === "Out") return `EXCEEDED_LOCAL_MEMORY_LIMIT: ${message}`;
  if (kind === "Conversion") return `INVALID_CAST_ARGUMENT: ${text}`;
  if (kind === "Binder") return `TYPE_MISMATCH: ${text}`;
  return `GENERIC_USER_ERROR: ${message}`;
}
