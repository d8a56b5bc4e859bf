/**
 * The functions of Athena that the local AWS supports, in lower case. DuckDB has the same function, unless
 * {@link RENAMED} or the macros of the engine say otherwise.
 * https://docs.aws.amazon.com/athena/latest/ug/functions.html
 */
export const FUNCTIONS: ReadonlySet<string> = new Set(
  [
    // Aggregates
    "any_value approx_distinct approx_percentile arbitrary array_agg avg bool_and bool_or corr count count_if every",
    "max max_by min min_by stddev stddev_pop stddev_samp sum var_pop var_samp variance",
    // Windows
    "cume_dist dense_rank first_value lag last_value lead nth_value ntile percent_rank rank row_number",
    // Numbers
    "abs cbrt ceil ceiling degrees exp floor greatest least ln log10 log2 mod pi pow power radians round sign sqrt",
    "trunc",
    // Text
    "chr length lower lpad ltrim position regexp_extract regexp_like regexp_replace replace reverse rpad rtrim split",
    "split_part starts_with strpos substr substring trim upper",
    // Time
    "date_add date_diff date_format date_parse date_trunc day day_of_week day_of_year dow doy from_iso8601_date",
    "from_iso8601_timestamp from_unixtime hour minute month now quarter second to_unixtime week year",
    // JSON and arrays
    "array_distinct array_join array_max array_min array_sort cardinality contains element_at json_array_length",
    "json_extract json_extract_scalar json_parse unnest",
    // Conditions
    "coalesce if nullif try",
  ].flatMap((names) => names.split(" ")),
);

/** Functions that have another name in DuckDB. */
export const RENAMED: ReadonlyMap<string, string> = new Map([
  ["approx_distinct", "approx_count_distinct"],
  ["approx_percentile", "approx_quantile"],
  ["arbitrary", "any_value"],
  ["array_join", "array_to_string"],
  ["cardinality", "len"],
  ["day_of_week", "isodow"],
  ["day_of_year", "dayofyear"],
  ["dow", "isodow"],
  ["doy", "dayofyear"],
  ["element_at", "list_extract"],
  ["every", "bool_and"],
  ["regexp_like", "regexp_matches"],
  ["split", "string_split"],
]);

/** Functions that a macro of the engine implements, whose name begins with `athena_`. */
export const MACROS: Readonly<Record<string, string>> = {
  date_add: `(unit, value, moment) AS CASE lower(unit)
    WHEN 'second' THEN moment + to_seconds(value) WHEN 'minute' THEN moment + to_minutes(value)
    WHEN 'hour' THEN moment + to_hours(value) WHEN 'day' THEN moment + to_days(value::INTEGER)
    WHEN 'week' THEN moment + to_weeks(value::INTEGER) WHEN 'month' THEN moment + to_months(value::INTEGER)
    WHEN 'year' THEN moment + to_years(value::INTEGER) ELSE error('INVALID_FUNCTION_ARGUMENT: ''' || unit || ''' is not a valid DATE field') END`,
  from_iso8601_date: "(text) AS CAST(text AS DATE)",
  from_iso8601_timestamp: "(text) AS CAST(text AS TIMESTAMP WITH TIME ZONE)",
  from_unixtime: "(seconds) AS to_timestamp(seconds)",
  json_extract: "(value, path) AS CASE WHEN json_valid(value) THEN json_extract(value, path) END",
  json_extract_scalar: `(value, path) AS CASE WHEN json_valid(value)
    AND json_type(value, path) NOT IN ('OBJECT', 'ARRAY', 'NULL') THEN json_extract_string(value, path) END`,
  json_parse: "(text) AS CAST(text AS JSON)",
  regexp_extract: `(text, pattern, part := 0) AS CASE WHEN regexp_matches(text, pattern)
    THEN regexp_extract(text, pattern, part) END`,
  regexp_replace: `(text, pattern, replacement := '') AS
    regexp_replace(text, pattern, regexp_replace(replacement, '\\$(\\d)', '\\\\\\1', 'g'), 'g')`,
  to_unixtime: "(moment) AS epoch(moment)",
};

/** Functions whose second argument is a format of MySQL, by the function of DuckDB with a format of C. */
export const FORMATTING: ReadonlyMap<string, string> = new Map([
  ["date_format", "strftime"],
  ["date_parse", "strptime"],
]);

/** The specifiers of MySQL that are others in C. */
const SPECIFIERS: Readonly<Record<string, string>> = {
  "%i": "%M",
  "%s": "%S",
  "%T": "%H:%M:%S",
  "%h": "%I",
  "%M": "%B",
};

/** A format of MySQL, which Athena uses, as that of C. */
export function formatOf(format: string): string {
  return format.replace(/%./g, (specifier) => SPECIFIERS[specifier] ?? specifier);
}

/** The operators that both have, by DuckDB's name. */
export const OPERATORS: ReadonlySet<string> = new Set([
  "+",
  "-",
  "*",
  "/",
  "%",
  "||",
  "~~",
  "!~~",
  "like_escape",
  "not_like_escape",
]);

/** What DuckDB's parser makes of `interval '7' day`, `extract(year from x)`, `count(*)` and rows. */
export const PARSED_FUNCTIONS: ReadonlySet<string> = new Set([
  "count_star",
  "date_part",
  "row",
  "to_days",
  "to_hours",
  "to_milliseconds",
  "to_minutes",
  "to_months",
  "to_seconds",
  "to_weeks",
  "to_years",
  "trunc",
]);
