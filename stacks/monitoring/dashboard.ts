import { bucketNumbers, cacheWidgets, databaseWidgets, queueWidgets } from "../constructs/dashboard/data-widgets.ts";
import { functionWidgets } from "../constructs/dashboard/function-widgets.ts";
import { metric } from "../constructs/dashboard/metric.ts";
import { apiWidgets } from "../constructs/dashboard/request-widgets.ts";
import { graph, heading, percentGraph, type Widget } from "../constructs/dashboard/widgets.ts";
import type { MonitoredResources } from "./alarm-definitions.ts";

/** The resources of the Files system, by the names that CloudWatch uses. */
export interface FilesResources extends MonitoredResources {
  readonly bucket: string;
}

const THIRD = { width: 8, height: 6 } as const;

/** The dashboard of the Files system and of the log lake. */
export function filesDashboard(resources: FilesResources): readonly (readonly Widget[])[] {
  const { api, cacheNode } = resources;
  const functions = Object.entries({ ...resources.functions, ...resources.databaseFunctions }).map(([label, name]) => ({
    label,
    dimensions: { FunctionName: name },
  }));
  const canary = metric(
    "CloudWatchSynthetics",
    "SuccessPercent",
    { CanaryName: resources.canary },
    { statistic: "Minimum", label: "success" },
  );
  const lateness = metric(
    "AWS/Firehose",
    "DeliveryToS3.DataFreshness",
    { DeliveryStreamName: resources.logDeliveryStream },
    { statistic: "Maximum", label: "age" },
  );
  return [
    [heading("Requests")],
    apiWidgets([{ label: "", dimensions: { ApiId: api.apiId, Stage: api.stage } }]),
    [heading("Functions")],
    functionWidgets(functions),
    [heading("Database")],
    databaseWidgets(resources.databaseInstance),
    ...(cacheNode === undefined ? [] : [[heading("Cache")], cacheWidgets(cacheNode)]),
    [heading("Bucket events")],
    queueWidgets(
      [{ label: "bucket events", name: resources.queue }],
      [{ label: "bucket events", name: resources.deadLetterQueue }],
    ),
    [heading("Bucket, canary and log lake")],
    [
      bucketNumbers(resources.bucket, THIRD),
      percentGraph("Canary: successful runs", [canary]),
      graph("Log lake: age of the oldest undelivered entry", "s", [lateness]),
    ],
  ];
}
