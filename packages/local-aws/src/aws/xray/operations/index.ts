import type { RestOperation } from "../../../gateway/protocol.ts";
import { batchGetTraces } from "./batch-get-traces.ts";
import type { XRayContext } from "./context.ts";
import { getSamplingRules } from "./get-sampling-rules.ts";
import { getSamplingTargets } from "./get-sampling-targets.ts";
import { getServiceGraph } from "./get-service-graph.ts";
import { getTraceGraph } from "./get-trace-graph.ts";
import { getTraceSummaries } from "./get-trace-summaries.ts";
import { putTelemetryRecords } from "./put-telemetry-records.ts";
import { putTraceSegments } from "./put-trace-segments.ts";

export function xrayOperations(context: XRayContext) {
  return {
    BatchGetTraces: batchGetTraces(context),
    GetSamplingRules: getSamplingRules(),
    GetSamplingTargets: getSamplingTargets(context),
    GetServiceGraph: getServiceGraph(context),
    GetTraceGraph: getTraceGraph(context),
    GetTraceSummaries: getTraceSummaries(context),
    PutTelemetryRecords: putTelemetryRecords(),
    PutTraceSegments: putTraceSegments(context),
  } satisfies Readonly<Record<string, RestOperation>>;
}
