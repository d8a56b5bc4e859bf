/**
 * The columns of the log lake with their types in the Data Catalog. An entry has no other member, so that nothing else
 * that a program logs gets into the lake.
 */
export const columns = {
  /** ISO 8601 in UTC, with milliseconds. */
  time: "string",
  log_group: "string",
  /** The program: a folder of `services`, `postgres`, or `api-gateway`. */
  service: "string",
  level: "string",
  message: "string",
  /** That of the response, with which all entries of a request are found. */
  request_id: "string",
  /** That of Lambda, which the entries of an invocation and its report have in common. */
  function_request_id: "string",
  /** That of X-Ray, with which all entries of a trace are found. */
  trace_id: "string",
  /** Method and path with the names of its parameters, such as `GET /api/files/{key+}`. */
  route: "string",
  status: "int",
  milliseconds: "double",
  /** The user of the Files API who made the request or the change. */
  user_name: "string",
  /** The stable code of an error. */
  code: "string",
  error_name: "string",
  error_message: "string",
  /** Of an audit entry: what was done, to which file, prefix, user or access key, and whether it succeeded. */
  action: "string",
  target: "string",
  outcome: "string",
  /** Of the report of an invocation. */
  billed_milliseconds: "double",
  init_milliseconds: "double",
  memory_mb: "int",
  max_memory_mb: "int",
} as const satisfies Readonly<Record<string, "string" | "int" | "double">>;

type Column = keyof typeof columns;

/** A row of the lake; a column without a value is absent. */
export type LakeEntry = {
  readonly [Name in Column]?: ((typeof columns)[Name] extends "string" ? string : number) | undefined;
};
