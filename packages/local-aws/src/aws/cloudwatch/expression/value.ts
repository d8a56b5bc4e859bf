/** A value per period, the oldest first; undefined where there is no data. */
export type Series = readonly (number | undefined)[];

/** A scalar, a time series, or an array of time series. */
export type Value = number | Series | readonly Series[];

export const isSeries = (value: Value): value is Series => Array.isArray(value) && !Array.isArray(value[0]);

/** Calculates with each period. A scalar has its value in every period. There is no value where data is missing. */
export function combine(
  values: readonly (number | Series)[],
  calculate: (...values: number[]) => number,
): number | Series {
  const length = values.find((value) => typeof value !== "number")?.length;
  const at = (index: number): number | undefined => {
    const present = values.map((value) => (typeof value === "number" ? value : value[index]));
    if (!present.every((value) => value !== undefined)) return undefined;
    const result = calculate(...present);
    return Number.isFinite(result) ? result : undefined; // Such as a division by zero.
  };
  if (length === undefined) return calculate(...(values as readonly number[]));
  return Array.from({ length }, (_, index) => at(index));
}
