import * as v from "valibot";
import { invalidParameter } from "../../lib/http/query.ts";
import { parseJson } from "../../lib/json/parse-json.ts";

/** A key inside a cursor. PostgreSQL accepts every character but NUL. */
export const cursorKey = v.pipe(
  v.string(),
  v.check((key) => key.isWellFormed() && !key.includes("\0")),
);

/** Encodes a cursor, which contains nothing that the caller has not seen. */
export const formatCursor = (parts: readonly unknown[]): string =>
  Buffer.from(JSON.stringify(parts)).toString("base64url");

/**
 * The decoded parameter `cursor`; undefined without the parameter.
 *
 * @param expected what the cursor must have in common with the request
 * @throws HttpError 400
 */
export function readCursor<Schema extends v.GenericSchema>(
  query: URLSearchParams,
  schema: Schema,
  expected: string,
): v.InferOutput<Schema> | undefined {
  const text = query.get("cursor");
  if (text === null) return undefined;
  const parsed = v.safeParse(schema, parseJson(Buffer.from(text, "base64url").toString()));
  if (!parsed.success) throw invalidCursor(expected);
  return parsed.output;
}

export const invalidCursor = (expected: string) =>
  invalidParameter("cursor", `must be a cursor from a Link header, with the same ${expected}`);
