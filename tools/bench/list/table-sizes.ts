/** Small enough for a minute. */
export const DEFAULT_MILLIONS = "0.1";

/** @param millions of files in each table, separated by commas @returns the numbers of files */
export const rowsOf = (millions: string): readonly number[] =>
  millions.split(",").map((each) => (each.trim() === "" ? Number.NaN : Math.round(Number(each) * 1e6)));

/** @returns what is wrong with the text; undefined if it is valid */
export const checkMillions = (millions: string): string | undefined =>
  rowsOf(millions).every((rows) => rows >= 1_000 && rows <= 100_000_000)
    ? undefined
    : "must be numbers from 0.001 to 100, separated by commas";
