import type { MetricName } from "./aws-metrics.ts";
import { type Computed, type Metric, metric, type Statistic } from "./metric.ts";
import { type Graph, graph, type Numbers, percentGraph, type Size } from "./widgets.ts";

const BYTES_PER_MIB = 1024 ** 2;
const BYTES_PER_GIB = 1024 ** 3;
/** In seconds. */
const DAY = 24 * 3600;

export function databaseMetric(
  instance: string,
  name: MetricName<"AWS/RDS">,
  statistic: Statistic,
  label: string,
): Metric {
  return metric("AWS/RDS", name, { DBInstanceIdentifier: instance }, { statistic, label });
}

export function databaseWidgets(instance: string): Graph[] {
  const free = databaseMetric(instance, "FreeStorageSpace", "Minimum", "free");
  const freeGib: Computed = {
    expression: `free / ${BYTES_PER_GIB}`,
    label: "free",
    inputs: { free },
  };
  return [
    percentGraph("PostgreSQL: CPU", [databaseMetric(instance, "CPUUtilization", "Average", "CPU")]),
    graph("PostgreSQL: connections", "connections", [
      databaseMetric(instance, "DatabaseConnections", "Maximum", "connections"),
    ]),
    graph("PostgreSQL: free storage", "GiB", [freeGib]),
  ];
}

export function cacheMetric(
  node: string,
  name: MetricName<"AWS/ElastiCache">,
  statistic: Statistic,
  label: string,
): Metric {
  return metric("AWS/ElastiCache", name, { CacheClusterId: node }, { statistic, label });
}

/** The share of the reads of the cache that found an entry, in percent. */
export function cacheHitRate(node: string, label = "hit rate"): Computed {
  return {
    expression: "100 * hits / (hits + misses)",
    label,
    inputs: {
      hits: cacheMetric(node, "CacheHits", "Sum", "hits"),
      misses: cacheMetric(node, "CacheMisses", "Sum", "misses"),
    },
  };
}

export function cacheWidgets(node: string): Graph[] {
  return [
    percentGraph("Valkey: CPU and memory", [
      cacheMetric(node, "EngineCPUUtilization", "Average", "CPU of the engine"),
      cacheMetric(node, "DatabaseMemoryUsagePercentage", "Maximum", "memory"),
    ]),
    percentGraph("Valkey: cache hit rate", [cacheHitRate(node)]),
    graph("Valkey: evictions", "entries", [cacheMetric(node, "Evictions", "Sum", "evictions")]),
  ];
}

export interface QueueSource {
  readonly label: string;
  readonly name: string;
}

export function queueAge({ name, label }: QueueSource): Metric {
  return metric("AWS/SQS", "ApproximateAgeOfOldestMessage", { QueueName: name }, { statistic: "Maximum", label });
}

export function queueDepth({ name, label }: QueueSource): Metric {
  return metric("AWS/SQS", "ApproximateNumberOfMessagesVisible", { QueueName: name }, { statistic: "Maximum", label });
}

/** The age of the oldest message, the messages that wait, and those that could not be processed. */
export function queueWidgets(queues: readonly QueueSource[], deadLetterQueues: readonly QueueSource[]): Graph[] {
  return [
    graph("Queues: age of the oldest message", "s", queues.map(queueAge)),
    graph("Queues: messages", "messages", queues.map(queueDepth)),
    graph("Dead letters", "messages", deadLetterQueues.map(queueDepth)),
  ];
}

/** Capacity and throttles of DynamoDB tables. */
export function tableWidgets(tables: readonly { readonly label: string; readonly name: string }[]): Graph[] {
  const all = (name: MetricName<"AWS/DynamoDB">) =>
    tables.map((table) =>
      metric("AWS/DynamoDB", name, { TableName: table.name }, { statistic: "Sum", label: table.label }),
    );
  return [
    graph("DynamoDB: consumed read capacity", "units", all("ConsumedReadCapacityUnits")),
    graph("DynamoDB: consumed write capacity", "units", all("ConsumedWriteCapacityUnits")),
    graph("DynamoDB: throttled requests", "requests", all("ThrottledRequests")),
  ];
}

/** The number and the size of the objects of a bucket with their old versions, which S3 publishes once a day. */
export function bucketNumbers(bucket: string, size: Size): Numbers {
  const storage = (name: MetricName<"AWS/S3">, StorageType: string, label: string): Metric =>
    metric("AWS/S3", name, { BucketName: bucket, StorageType }, { statistic: "Average", label });
  return {
    type: "numbers",
    title: "Bucket, with the old versions of files",
    lines: [
      storage("NumberOfObjects", "AllStorageTypes", "objects"),
      {
        expression: `bytes / ${BYTES_PER_MIB}`,
        label: "MiB",
        inputs: { bytes: storage("BucketSizeBytes", "StandardStorage", "bytes") },
      },
    ],
    period: DAY,
    start: "-PT72H", // A day is published up to two days later.
    ...size,
  };
}
