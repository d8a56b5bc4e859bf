interface Sample {
  readonly mean: number;
  /** Of the mean. */
  readonly variance: number;
}

/**
 * Welch's t statistic of two lists of times. Above 4.5 in absolute value, the means differ, which is the criterion of
 * dudect for a leak through time: https://eprint.iacr.org/2016/1123
 */
export function welch(some: readonly number[], others: readonly number[]): number {
  const [one, other] = [describe(some), describe(others)];
  return (one.mean - other.mean) / Math.sqrt(one.variance + other.variance);
}

/** Without the slowest tenth, which shows the other work of the machine. */
export function withoutOutliers(times: readonly number[]): readonly number[] {
  return times.toSorted((one, other) => one - other).slice(0, Math.ceil(times.length * 0.9));
}

function describe(times: readonly number[]): Sample {
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
  const squares = times.reduce((sum, time) => sum + (time - mean) ** 2, 0);
  return { mean, variance: squares / (times.length - 1) / times.length };
}
