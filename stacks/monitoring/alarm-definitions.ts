import { type AlarmDefinition, MINUTE } from "../constructs/alarm-definition.ts";
import { type ApiStageDimensions, apiAlarmDefinitions } from "../constructs/api-alarms.ts";
import { functionAlarmDefinitions } from "../constructs/function-alarms.ts";
import type { Environment } from "../environment/environment.ts";

/** The resources of the Files system that have alarms, by the names that CloudWatch uses. */
export interface MonitoredResources {
  /** Construct ID → function name. */
  readonly functions: Readonly<Record<string, string>>;
  /** Those that fail without the database. */
  readonly databaseFunctions: Readonly<Record<string, string>>;
  /** The function that runs every day. */
  readonly reconcileFunction: string;
  readonly api: ApiStageDimensions;
  readonly queue: string;
  readonly deadLetterQueue: string;
  readonly databaseInstance: string;
  /** Undefined in an environment without a cache. */
  readonly cacheNode: string | undefined;
  readonly canary: string;
  readonly logDeliveryStream: string;
  /** The name of the alarm on the database, which causes others. */
  readonly databaseGoneAlarm: string;
}

const DAY = 24 * 60 * MINUTE;
const GIBIBYTE = 1024 ** 3;

/** The alarms of the Files system and of the log lake. */
export function filesAlarmDefinitions(resources: MonitoredResources, environment: Environment): AlarmDefinition[] {
  return [
    ...Object.entries(resources.functions).flatMap(([id, name]) => functionAlarmDefinitions(id, name)),
    ...Object.entries(resources.databaseFunctions).flatMap(([id, name]) =>
      functionAlarmDefinitions(id, name, resources.databaseGoneAlarm),
    ),
    ...apiAlarmDefinitions("Api", resources.api, {
      severity: "critical",
      isEssential: true,
      suppressedBy: resources.databaseGoneAlarm,
    }),
    ...queueAlarmDefinitions(resources),
    ...databaseAlarmDefinitions(resources.databaseInstance, environment),
    ...(resources.cacheNode === undefined ? [] : cacheAlarmDefinitions(resources.cacheNode)),
    {
      id: "ReconcileMissed",
      description: "The bucket and the file table were not reconciled for 24 hours; missed events are not repaired",
      runbook: "events.md#reconciliation-missed",
      severity: "warning",
      namespace: "AWS/Lambda",
      metricName: "Invocations",
      dimensions: { FunctionName: resources.reconcileFunction },
      statistic: "Sum",
      comparison: "below",
      threshold: 1,
      period: DAY,
      evaluationPeriods: 1,
      treatMissingData: "breaching",
    },
    {
      id: "LogsLate",
      description: "The log lake: the oldest log entry that is not delivered is older than 30 minutes",
      runbook: "logs.md#late-entries",
      severity: "warning", // The log groups have the entries for a week.
      namespace: "AWS/Firehose",
      metricName: "DeliveryToS3.DataFreshness",
      dimensions: { DeliveryStreamName: resources.logDeliveryStream },
      statistic: "Maximum",
      comparison: "above",
      threshold: 1800,
      period: 5 * MINUTE,
      evaluationPeriods: 3,
      treatMissingData: "notBreaching",
    },
    {
      id: "CanaryFailed",
      description: "No run of the canary could sign in, list, upload, download and delete a file within 24 hours",
      runbook: "canary.md#failed",
      severity: "critical",
      isEssential: true,
      suppressedBy: resources.databaseGoneAlarm,
      namespace: "CloudWatchSynthetics",
      metricName: "SuccessPercent",
      dimensions: { CanaryName: resources.canary },
      statistic: "Maximum", // A run that succeeds after a repair ends the alarm.
      comparison: "below",
      threshold: 100,
      period: DAY, // The canary runs once a day.
      evaluationPeriods: 1,
      treatMissingData: "breaching",
    },
  ];
}

function queueAlarmDefinitions({ queue, deadLetterQueue, databaseGoneAlarm }: MonitoredResources): AlarmDefinition[] {
  const common = {
    severity: "critical",
    isEssential: true,
    namespace: "AWS/SQS",
    statistic: "Maximum",
    comparison: "above",
    period: 5 * MINUTE,
    evaluationPeriods: 1,
    treatMissingData: "notBreaching",
  } as const;
  return [
    {
      ...common,
      id: "EventsLate",
      description: "The oldest bucket event in the queue is older than 10 minutes; the list of files is out of date",
      runbook: "events.md#events-late",
      suppressedBy: databaseGoneAlarm,
      metricName: "ApproximateAgeOfOldestMessage",
      dimensions: { QueueName: queue },
      threshold: 600,
    },
    {
      ...common,
      id: "DeadLetters",
      description: "A bucket event could not be processed and is in the dead-letter queue",
      runbook: "events.md#dead-letters",
      metricName: "ApproximateNumberOfMessagesVisible",
      dimensions: { QueueName: deadLetterQueue },
      threshold: 0,
    },
  ];
}

function databaseAlarmDefinitions(instance: string, { database }: Environment): AlarmDefinition[] {
  const common = {
    namespace: "AWS/RDS",
    dimensions: { DBInstanceIdentifier: instance },
    period: 5 * MINUTE,
    evaluationPeriods: 3,
    treatMissingData: "notBreaching", // Only the first alarm starts when the database is gone.
  } as const;
  return [
    {
      ...common,
      id: "DatabaseGone",
      description: "PostgreSQL: the instance has no metrics; it is stopped, or has failed",
      runbook: "database.md#gone",
      severity: "critical",
      isEssential: true,
      metricName: "FreeStorageSpace",
      statistic: "SampleCount",
      comparison: "below",
      threshold: 1,
      period: 2 * MINUTE, // Alarms on its effects wait for it.
      evaluationPeriods: 1,
      treatMissingData: "breaching",
    },
    {
      ...common,
      id: "DatabaseBusy",
      description: "PostgreSQL: CPU utilization above 80 %",
      runbook: "database.md#busy",
      severity: "warning",
      metricName: "CPUUtilization",
      statistic: "Average",
      comparison: "above",
      threshold: 80,
    },
    {
      ...common,
      id: "DatabaseFull",
      description: "PostgreSQL: less than 2 GiB of free storage, although storage autoscaling is enabled",
      runbook: "database.md#storage",
      severity: "critical",
      isEssential: true,
      metricName: "FreeStorageSpace",
      statistic: "Minimum",
      comparison: "below",
      threshold: 2 * GIBIBYTE,
    },
    {
      ...common,
      id: "DatabaseConnections",
      description: "PostgreSQL: more than 80 % of the connections are in use",
      runbook: "database.md#connections",
      severity: "critical",
      metricName: "DatabaseConnections",
      statistic: "Maximum",
      comparison: "above",
      threshold: Math.floor(database.connections * 0.8),
    },
  ];
}

function cacheAlarmDefinitions(node: string): AlarmDefinition[] {
  const common = {
    severity: "warning", // The API works without its cache.
    namespace: "AWS/ElastiCache",
    dimensions: { CacheClusterId: node },
    comparison: "above",
    period: 5 * MINUTE,
    evaluationPeriods: 3,
    treatMissingData: "notBreaching",
  } as const;
  return [
    {
      ...common,
      id: "CacheGone",
      description: "Valkey: the node has no metrics; the API reads from the database",
      runbook: "cache.md#gone",
      metricName: "CurrConnections",
      statistic: "SampleCount",
      comparison: "below",
      threshold: 1,
      evaluationPeriods: 2,
      treatMissingData: "breaching",
    },
    {
      ...common,
      id: "CacheBusy",
      description: "Valkey: CPU utilization of the engine above 80 %",
      runbook: "cache.md#busy",
      metricName: "EngineCPUUtilization",
      statistic: "Average",
      threshold: 80,
    },
    {
      ...common,
      id: "CacheFull",
      description: "Valkey: more than 90 % of the memory is in use",
      runbook: "cache.md#memory",
      metricName: "DatabaseMemoryUsagePercentage",
      statistic: "Maximum",
      threshold: 90,
    },
    {
      ...common,
      id: "CacheForgets", // The ID is part of the alarm's name.
      description: "Valkey evicts entries before they expire",
      runbook: "cache.md#evictions",
      metricName: "Evictions",
      statistic: "Sum",
      threshold: 1000,
    },
  ];
}
