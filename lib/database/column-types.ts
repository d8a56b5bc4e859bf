/** The OIDs of the types that are not text: https://www.postgresql.org/docs/17/catalog-pg-type.html */
const parsers: Readonly<Record<number, (text: string) => unknown>> = {
  16: (text) => text === "t", // bool
  21: Number, // int2
  23: Number, // int4
  114: JSON.parse, // json
  700: Number, // float4
  701: Number, // float8
  3802: JSON.parse, // jsonb
};

/**
 * The values of columns in JavaScript, in place of those of `pg`, which also parses arrays, dates, intervals and bytes.
 * No statement selects any: a program would be larger by 5 kB.
 */
export const columnTypes = {
  /** Text is the value of every other type, also of `int8` and `numeric`, whose values may be too long for a number. */
  getTypeParser: (oid: number) => parsers[oid] ?? String,
};
