import * as v from "valibot";
import { HttpProblem } from "../../lib/http/problem.ts";
import { MAX_KEY_BYTES } from "../../lib/keys/object-key.ts";

/** A leading minus is descending. Ties of the date are ordered by key. */
export const sorts = ["-date_added", "date_added", "prefix_path", "-prefix_path"] as const;
export type Sort = (typeof sorts)[number];

/** Where the page before ended: the row itself, so that rows that come and go meanwhile do not shift the pages. */
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

const DEFAULT_LIMIT = 500;
const MAX_LIMIT = 1_000;

/** Text that PostgreSQL takes and that can begin a key. */
const keyText = v.pipe(
  v.string(),
  v.maxBytes(MAX_KEY_BYTES),
  v.check((text) => text.isWellFormed() && !/\p{Cc}/u.test(text)),
);
const limit = v.pipe(v.string(), v.regex(/^\d{1,4}$/), v.toNumber(), v.minValue(1), v.maxValue(MAX_LIMIT));
/** A real date in the form that records show. */
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
 * @throws HttpProblem 400 that names the parameter
 */
export function parseListQuery(query: URLSearchParams): ListQuery {
  const sort = read(query, "sort", v.picklist(sorts), `one of ${sorts.join(", ")}`) ?? "-date_added";
  return {
    prefix: read(query, "prefix", keyText, `text of at most ${MAX_KEY_BYTES} bytes without control characters`) ?? "",
    limit: read(query, "limit", limit, `a whole number from 1 to ${MAX_LIMIT}`) ?? DEFAULT_LIMIT,
    sort,
    after: readCursor(query.get("cursor"), sort),
  };
}

/** The opaque form of a place in a listing. It is bound to the order, and holds nothing that the caller has not seen. */
export const formatCursor = (sort: Sort, { date, key }: Cursor): string =>
  Buffer.from(JSON.stringify([sort, date, key])).toString("base64url");

function readCursor(text: string | null, sort: Sort): Cursor | undefined {
  if (text === null) return undefined;
  const parsed = v.safeParse(cursor, parseJson(Buffer.from(text, "base64url").toString()));
  if (!parsed.success || parsed.output[0] !== sort) {
    throw invalid("cursor", "one that a Link header gave, with the same sort");
  }
  return { date: parsed.output[1], key: parsed.output[2] };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function read<Schema extends v.GenericSchema<string, unknown>>(
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

const invalid = (name: string, expected: string): HttpProblem =>
  new HttpProblem(400, "InvalidParameter", `The query parameter ${name} must be ${expected}.`, {
    extensions: { parameter: name },
  });
