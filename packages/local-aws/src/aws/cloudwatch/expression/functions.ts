import { ExpressionError } from "./syntax.ts";
import { combine, isSeries, type Series, type Value } from "./value.ts";

/** The functions of metric math that the local AWS supports, by name. `REPEAT` and `LINEAR` are passed as text. */
export const functions: Readonly<Record<string, (...parameters: readonly (Value | string)[]) => Value>> = {
  ABS: (value) => combine([single("ABS", value)], Math.abs),
  CEIL: (value) => combine([single("CEIL", value)], Math.ceil),
  FLOOR: (value) => combine([single("FLOOR", value)], Math.floor),
  AVG: aggregate("AVG", (values) => values.reduce((total, value) => total + value, 0) / values.length),
  MAX: aggregate("MAX", (values) => Math.max(...values)),
  MIN: aggregate("MIN", (values) => Math.min(...values)),
  SUM: aggregate("SUM", (values) => values.reduce((total, value) => total + value, 0)),
  FILL: (value, filling) => fill(single("FILL", value), filling),
  IF: (condition, whenTrue, whenFalse) =>
    choose(
      single("IF", condition),
      single("IF", whenTrue),
      whenFalse === undefined ? undefined : single("IF", whenFalse),
    ),
};

/** Reduces a time series to a scalar, and an array of them to the values of each period. */
function aggregate(name: string, reduce: (values: readonly number[]) => number) {
  return (value: Value | string | undefined): Value => {
    if (value === undefined || typeof value === "string" || typeof value === "number") {
      throw new ExpressionError(`${name} needs a time series or an array of them`);
    }
    if (isSeries(value)) return reduce(value.filter((point) => point !== undefined));
    const length = value[0]?.length ?? 0;
    return Array.from({ length }, (_, index) => {
      const present = value.flatMap((series) => series[index] ?? []);
      return present.length === 0 ? undefined : reduce(present);
    });
  };
}

function fill(series: number | Series, filling: Value | string | undefined): number | Series {
  if (typeof series === "number") return series;
  if (typeof filling === "number") return series.map((value) => value ?? filling);
  if (filling !== "REPEAT") throw new ExpressionError("FILL supports a number or REPEAT as its second parameter");
  let last: number | undefined;
  return series.map((value) => {
    last = value ?? last;
    return last;
  });
}

/** There is no data where the condition has none, or is false without another value. */
function choose(condition: number | Series, whenTrue: number | Series, whenFalse?: number | Series): number | Series {
  const length = [condition, whenTrue, whenFalse ?? 0].find((value) => typeof value !== "number")?.length;
  const at = (value: number | Series | undefined, index: number) =>
    typeof value === "number" ? value : value?.[index];
  const select = (index: number) => {
    const chosen = at(condition, index);
    return chosen === undefined ? undefined : at(chosen === 0 ? whenFalse : whenTrue, index);
  };
  if (length !== undefined) return Array.from({ length }, (_, index) => select(index));
  return select(0) ?? Number.NaN;
}

function single(name: string, value: Value | string | undefined): number | Series {
  if (typeof value === "number" || (value !== undefined && typeof value !== "string" && isSeries(value))) return value;
  throw new ExpressionError(`${name} needs a number or a time series`);
}
