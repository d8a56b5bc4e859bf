/**
 * The text of each HTTP status, such as `Not Found`. An import of `node:http` would take 20 ms: it reads every export,
 * also `WebSocket`, whose getter loads the implementation of `fetch`.
 */
export const statusTexts: Readonly<Record<number, string | undefined>> =
  process.getBuiltinModule("node:http").STATUS_CODES;
