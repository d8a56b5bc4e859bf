import * as v from "valibot";
import { HttpError } from "../../lib/http/http-error.ts";
import { parseJson } from "../../lib/json/parse-json.ts";
import { MAX_KEY_BYTES } from "../../lib/keys/object-key.ts";

/** The schema of a query parameter, and what it accepts in words that complete "must be". */
export interface Parameter<Schema extends v.GenericSchema<string, unknown>> {
  readonly schema: Schema;
  readonly expected: string;
}

export const MAX_LIMIT = 1_000;

const isPrintable = (text: string): boolean => text.isWellFormed() && !/\p{Cc}/u.test(text);

/** Text that a key can start with and that PostgreSQL accepts. */
export const prefixParameter = {
  schema: v.pipe(v.string(), v.maxBytes(MAX_KEY_BYTES), v.check(isPrintable)),
  expected: `text of at most ${MAX_KEY_BYTES} bytes without control characters`,
};

/** A number of entries in a page. */
export const limitParameter = (maximum: number) => ({
  schema: v.pipe(v.string(), v.regex(/^\d{1,4}$/), v.toNumber(), v.minValue(1), v.maxValue(maximum)),
  expected: `a whole number from 1 to ${maximum}`,
});

/** Text with a number of characters (code points) and without control characters. */
export const textParameter = (maximum: number) => ({
  schema: v.pipe(
    v.string(),
    v.nonEmpty(),
    v.check((text) => [...text].length <= maximum && isPrintable(text)),
  ),
  expected: `text of 1 to ${maximum} characters without control characters`,
});

export const choiceParameter = <const Choices extends readonly string[]>(choices: Choices) => ({
  schema: v.picklist(choices),
  expected: choices.length === 1 ? `${choices[0]}` : `one of ${choices.join(", ")}`,
});

/**
 * The value of a parameter; undefined without the parameter.
 *
 * @throws HttpError 400 that names the parameter
 */
export function readParameter<Schema extends v.GenericSchema<string, unknown>>(
  query: URLSearchParams,
  name: string,
  { schema, expected }: Parameter<Schema>,
): v.InferOutput<Schema> | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const parsed = v.safeParse(schema, text);
  if (!parsed.success) throw invalidParameter(name, expected);
  return parsed.output;
}

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
  if (!parsed.success) throw invalidParameter("cursor", `a cursor from a Link header, with the same ${expected}`);
  return parsed.output;
}

export const invalidParameter = (name: string, expected: string): HttpError =>
  new HttpError(400, "InvalidParameter", `The query parameter ${name} must be ${expected}.`, {
    extensions: { parameter: name },
  });
