import type { Subsegment } from "./segment.ts";
import { responseTimeOf } from "./trace-summary.ts";

/** https://docs.aws.amazon.com/xray/latest/api/API_ServiceStatistics.html */
interface Statistics {
  readonly OkCount: number;
  readonly ErrorStatistics: {
    readonly ThrottleCount: number;
    readonly OtherCount: number;
    readonly TotalCount: number;
  };
  readonly FaultStatistics: { readonly OtherCount: number; readonly TotalCount: number };
  readonly TotalCount: number;
  /** Seconds. */
  readonly TotalResponseTime: number;
}

export interface Histogram {
  /** Seconds. */
  readonly Value: number;
  readonly Count: number;
}

/** What services and their calls of each other have in common. */
export interface Measurements {
  readonly StartTime: number;
  readonly EndTime: number;
  readonly SummaryStatistics: Statistics;
  readonly ResponseTimeHistogram: readonly Histogram[];
}

/** The measurements of segments or calls, of which there is at least one. */
export function measure(parts: readonly Subsegment[]): Measurements {
  const faults = parts.filter(({ fault }) => fault).length;
  const throttles = parts.filter(({ throttle, fault }) => throttle && !fault).length;
  const errors = parts.filter(({ error, throttle, fault }) => (error || throttle) && !fault).length;
  const times = parts.flatMap((part) => responseTimeOf(part) ?? []);
  return {
    StartTime: Math.min(...parts.map(({ start_time }) => start_time)),
    EndTime: Math.max(...parts.map(({ start_time, end_time }) => end_time ?? start_time)),
    SummaryStatistics: {
      OkCount: parts.length - faults - errors,
      ErrorStatistics: { ThrottleCount: throttles, OtherCount: errors - throttles, TotalCount: errors },
      FaultStatistics: { OtherCount: faults, TotalCount: faults },
      TotalCount: parts.length,
      TotalResponseTime: times.reduce((sum, time) => sum + time, 0),
    },
    ResponseTimeHistogram: histogram(times),
  };
}

/** By the millisecond. */
function histogram(times: readonly number[]): readonly Histogram[] {
  const counts = new Map<number, number>();
  for (const time of times) {
    const value = Math.round(time * 1_000) / 1_000;
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].sort(([a], [b]) => a - b).map(([Value, Count]) => ({ Value, Count }));
}
