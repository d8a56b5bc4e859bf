import * as v from "valibot";
import { HttpError } from "../../lib/http/http-error.ts";
import { parseJson } from "../../lib/json/parse-json.ts";
import { MAX_KEY_BYTES } from "../../lib/keys/object-key.ts";

/** A leading minus sorts in descending order. Files with the same date are sorted by key. */
export const sorts = ["-date_added", "date_added", "prefix_path", "-prefix_path"] as const;
export type Sort = (typeof sorts)[number];

/** The last row of the previous page. Unlike an offset, it is not affected by rows that are added or removed. */
export interface Cursor {
  readonly date: string;
  readonly key: string;
}

export interface ListQuery {
  readonly prefix: string;
  readonly limit: number;
  readonly sort: Sort;
  readonly after: Cursor | undefined;
}

/** A page of the files below prefixes, none of which starts with another: a file below two would be listed twice. */
export interface CatalogQuery extends Omit<ListQuery, "prefix"> {
  readonly prefixes: readonly string[];
}

const DEFAULT_LIMIT = 500;
const MAX_LIMIT = 1_000;

/** Text that a key can start with and that PostgreSQL accepts. */
const keyText = v.pipe(
  v.string(),
  v.maxBytes(MAX_KEY_BYTES),
  v.check((text) => text.isWellFormed() && !/\p{Cc}/u.test(text)),
);
const limit = v.pipe(v.string(), v.regex(/^\d{1,4}$/), v.toNumber(), v.minValue(1), v.maxValue(MAX_LIMIT));
/** An existing date in the format of the records. */
const date = v.pipe(
  v.string(),
  v.regex(/^\d{4}-/),
  v.check((text) => Date.parse(text) >= 0 && new Date(text).toISOString() === text),
);
const cursor = v.strictTuple([
  v.picklist(sorts),
  date,
  v.pipe(
    v.string(),
    v.check((key) => !key.includes("\0")),
  ),
]);

/**
 * Reads `prefix`, `limit`, `sort` and `cursor`.
 *
 * @throws HttpError 400 that names the parameter
 */
export function parseListQuery(query: URLSearchParams): ListQuery {
  const sort = parseParameter(query, "sort", v.picklist(sorts), `one of ${sorts.join(", ")}`) ?? "-date_added";
  return {
    prefix:
      parseParameter(query, "prefix", keyText, `text of at most ${MAX_KEY_BYTES} bytes without control characters`) ??
      "",
    limit: parseParameter(query, "limit", limit, `a whole number from 1 to ${MAX_LIMIT}`) ?? DEFAULT_LIMIT,
    sort,
    after: parseCursor(query.get("cursor"), sort),
  };
}

/** Encodes a cursor. It is valid for one sort only, and contains nothing that the caller has not seen. */
export const formatCursor = (sort: Sort, { date, key }: Cursor): string =>
  Buffer.from(JSON.stringify([sort, date, key])).toString("base64url");

function parseCursor(text: string | null, sort: Sort): Cursor | undefined {
  if (text === null) return undefined;
  const parsed = v.safeParse(cursor, parseJson(Buffer.from(text, "base64url").toString()));
  if (!parsed.success || parsed.output[0] !== sort) {
    throw invalid("cursor", "a cursor from a Link header, with the same sort");
  }
  return { date: parsed.output[1], key: parsed.output[2] };
}

function parseParameter<Schema extends v.GenericSchema<string, unknown>>(
  query: URLSearchParams,
  name: string,
  schema: Schema,
  expected: string,
): v.InferOutput<Schema> | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const parsed = v.safeParse(schema, text);
  if (!parsed.success) throw invalid(name, expected);
  return parsed.output;
}

const invalid = (name: string, expected: string): HttpError =>
  new HttpError(400, "InvalidParameter", `The query parameter ${name} must be ${expected}.`, {
    extensions: { parameter: name },
  });
