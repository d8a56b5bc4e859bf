import { cacheWidgets, databaseWidgets, queueWidgets } from "../constructs/dashboard/data-widgets.ts";
import { functionWidgets } from "../constructs/dashboard/function-widgets.ts";
import { metric } from "../constructs/dashboard/metric.ts";
import { apiWidgets } from "../constructs/dashboard/request-widgets.ts";
import { graph, heading, percentGraph, type Widget } from "../constructs/dashboard/widgets.ts";
import type { MonitoredResources } from "./alarm-definitions.ts";

/** Half of the width of a dashboard. */
const HALF = { width: 12 } as const;

/** The dashboard of the Files system and of the log lake. */
export function filesDashboard(resources: MonitoredResources): readonly (readonly Widget[])[] {
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
    [heading("Canary and log lake")],
    [
      percentGraph("Canary: successful runs", [canary], HALF),
      graph("Log lake: age of the oldest entry that is not delivered", "s", [lateness], HALF),
    ],
  ];
}
