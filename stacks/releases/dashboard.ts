import { functionMetric } from "../constructs/dashboard/function-widgets.ts";
import { apiWidgets } from "../constructs/dashboard/request-widgets.ts";
import { graph, heading, type Widget } from "../constructs/dashboard/widgets.ts";

/** The resources of the Releases system, by the names that CloudWatch uses. */
export interface ReleasesResources {
  readonly apiId: string;
  readonly functionName: string;
  readonly guardFunction: string;
  readonly stages: readonly string[];
}

/** A canary release lasts only minutes, and the alarms of the stages have this period. */
const MINUTE = { period: 60 } as const;

/** The dashboard of the Releases system, with a line for each stage. */
export function releasesDashboard(resources: ReleasesResources): readonly (readonly Widget[])[] {
  const { apiId, functionName, guardFunction, stages } = resources;
  const aliases = stages.map((stage) => ({
    label: stage,
    dimensions: { FunctionName: functionName, Resource: `${functionName}:${stage}` },
  }));
  const released = { label: functionName, dimensions: { FunctionName: functionName } };
  const guard = { label: "guard", dimensions: { FunctionName: guardFunction } };
  return [
    [heading("Requests of each stage")],
    apiWidgets(stages.map((stage) => ({ label: stage, dimensions: { ApiId: apiId, Stage: stage } }))),
    [heading("Versions that the stages invoke")],
    [
      graph(
        "Invocations",
        "invocations",
        aliases.map((alias) => functionMetric(alias, "Invocations", "Sum")),
        MINUTE,
      ),
      graph(
        "Errors",
        "invocations",
        aliases.map((alias) => functionMetric(alias, "Errors", "Sum")),
        MINUTE,
      ),
      graph(
        "Duration (p95)",
        "ms",
        aliases.map((alias) => functionMetric(alias, "Duration", "p95")),
        MINUTE,
      ),
    ],
    [heading("Functions")],
    [
      graph("Concurrent executions", "executions", [functionMetric(released, "ConcurrentExecutions", "Maximum")]),
      graph(
        "Throttles",
        "invocations",
        [released, guard].map((source) => functionMetric(source, "Throttles", "Sum")),
      ),
      graph("Guard: rollbacks started and failed", "invocations", [
        { ...functionMetric(guard, "Invocations", "Sum"), label: "started" },
        { ...functionMetric(guard, "Errors", "Sum"), label: "failed" },
      ]),
    ],
  ];
}
