import type { Environment } from "../environment/environment.ts";

/** A number that CloudWatch keeps, and the bound at which somebody is told. */
export interface Watch {
  /** Construct id of the alarm; part of its name in kebab case. */
  readonly id: string;
  /** What it means, for whoever is woken by it. */
  readonly description: string;
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** `p99` and the like are percentiles. */
  readonly statistic: "Sum" | "Average" | "Maximum" | "Minimum" | "p99";
  readonly alarm: "above" | "below";
  readonly threshold: number;
  /** Seconds of one value. */
  readonly period: number;
  /** Values in a row over the bound. */
  readonly periods: number;
  /** What no value means: silence of a program that nobody called is good, silence of a canary is not. */
  readonly missing: "notBreaching" | "breaching";
}

/** What is watched, by the names under which AWS keeps the metrics. */
export interface Watched {
  /** Construct id → function name. */
  readonly functions: Readonly<Record<string, string>>;
  /** Which of them has to run every day. */
  readonly reconcileFunction: string;
  readonly api: { readonly id: string; readonly stage: string };
  readonly queue: string;
  readonly deadLetterQueue: string;
  readonly database: string;
  /** Where there is a cache. */
  readonly cacheNode: string | undefined;
  readonly canary: string;
}

export const MINUTE = 60;
const GIBIBYTE = 1024 ** 3;

/** Everything that is watched; the alarms and the dashboard are made of it. */
export function watches(watched: Watched, environment: Environment): Watch[] {
  return [
    ...Object.entries(watched.functions).flatMap(([id, name]) => functionWatches(id, name)),
    ...apiWatches("Api", watched.api),
    ...queueWatches(watched),
    ...databaseWatches(watched.database, environment),
    ...(watched.cacheNode === undefined ? [] : cacheWatches(watched.cacheNode)),
    {
      id: "ReconcileMissed",
      description: "Bucket and table were not compared for a day: what an event missed stays wrong",
      namespace: "AWS/Lambda",
      metric: "Invocations",
      dimensions: { FunctionName: watched.reconcileFunction },
      statistic: "Sum",
      alarm: "below",
      threshold: 1,
      period: 24 * 60 * MINUTE,
      periods: 1,
      missing: "breaching",
    },
    {
      id: "CanaryFailed",
      description: "The canary could not sign in, list, upload, download and delete",
      namespace: "CloudWatchSynthetics",
      metric: "SuccessPercent",
      dimensions: { CanaryName: watched.canary },
      statistic: "Minimum",
      alarm: "below",
      threshold: 100,
      period: 24 * 60 * MINUTE, // it runs once a day
      periods: 1,
      missing: "breaching",
    },
  ];
}

export function functionWatches(id: string, name: string): Watch[] {
  const common = {
    namespace: "AWS/Lambda",
    dimensions: { FunctionName: name },
    statistic: "Sum",
    alarm: "above",
    threshold: 0,
    period: 5 * MINUTE,
    missing: "notBreaching",
  } as const;
  return [
    { ...common, id: `${id}Errors`, metric: "Errors", periods: 1, description: `${id} failed` },
    {
      ...common,
      id: `${id}Throttles`,
      metric: "Throttles",
      periods: 2,
      description: `${id} was called more often than it may run`,
    },
  ];
}

export function apiWatches(id: string, api: Watched["api"]): Watch[] {
  const common = {
    namespace: "AWS/ApiGateway",
    dimensions: { ApiId: api.id, Stage: api.stage },
    alarm: "above",
    period: 5 * MINUTE,
    missing: "notBreaching",
  } as const;
  return [
    {
      ...common,
      id: `${id}ServerErrors`,
      metric: "5xx",
      statistic: "Sum",
      threshold: 5,
      periods: 1,
      description: `${id}: answers that say it failed`,
    },
    {
      ...common,
      id: `${id}Slow`,
      metric: "Latency",
      statistic: "p99",
      threshold: 3000,
      periods: 3,
      description: `${id}: one answer in a hundred took more than 3 s`,
    },
  ];
}

function queueWatches({ queue, deadLetterQueue }: Watched): Watch[] {
  const common = {
    namespace: "AWS/SQS",
    statistic: "Maximum",
    alarm: "above",
    period: 5 * MINUTE,
    missing: "notBreaching",
  } as const;
  return [
    {
      ...common,
      id: "EventsLate",
      metric: "ApproximateAgeOfOldestMessage",
      dimensions: { QueueName: queue },
      threshold: 600,
      periods: 1,
      description: "An event of the bucket waits for more than 10 minutes: the list is behind",
    },
    {
      ...common,
      id: "DeadLetters",
      metric: "ApproximateNumberOfMessagesVisible",
      dimensions: { QueueName: deadLetterQueue },
      threshold: 0,
      periods: 1,
      description: "An event could not be brought into the database and waits to be looked at",
    },
  ];
}

function databaseWatches(instance: string, { database }: Environment): Watch[] {
  const common = {
    namespace: "AWS/RDS",
    dimensions: { DBInstanceIdentifier: instance },
    period: 5 * MINUTE,
    periods: 3,
    missing: "breaching",
  } as const;
  return [
    {
      ...common,
      id: "DatabaseBusy",
      metric: "CPUUtilization",
      statistic: "Average",
      alarm: "above",
      threshold: 80,
      description: "PostgreSQL's processor is busy, percent",
    },
    {
      ...common,
      id: "DatabaseFull",
      metric: "FreeStorageSpace",
      statistic: "Minimum",
      alarm: "below",
      threshold: 2 * GIBIBYTE,
      description: "PostgreSQL has less than 2 GiB left, although its storage grows by itself",
    },
    {
      ...common,
      id: "DatabaseConnections",
      metric: "DatabaseConnections",
      statistic: "Maximum",
      alarm: "above",
      threshold: Math.floor(database.connections * 0.8),
      description: "PostgreSQL has few connections left",
    },
  ];
}

function cacheWatches(node: string): Watch[] {
  const common = {
    namespace: "AWS/ElastiCache",
    dimensions: { CacheClusterId: node },
    alarm: "above",
    period: 5 * MINUTE,
    periods: 3,
    missing: "notBreaching", // the API works without its cache
  } as const;
  return [
    {
      ...common,
      id: "CacheBusy",
      metric: "EngineCPUUtilization",
      statistic: "Average",
      threshold: 80,
      description: "Valkey's processor is busy, percent",
    },
    {
      ...common,
      id: "CacheFull",
      metric: "DatabaseMemoryUsagePercentage",
      statistic: "Maximum",
      threshold: 90,
      description: "Valkey's memory is full, percent",
    },
    {
      ...common,
      id: "CacheForgets",
      metric: "Evictions",
      statistic: "Sum",
      threshold: 1000,
      description: "Valkey forgets answers before their time",
    },
  ];
}
