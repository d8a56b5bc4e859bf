import type { xrayOperations } from "./operations/index.ts";

/** https://docs.aws.amazon.com/xray/latest/api/API_Operations.html */
export const ROUTES: Readonly<Record<string, keyof ReturnType<typeof xrayOperations>>> = {
  "POST /TraceSegments": "PutTraceSegments",
  "POST /TelemetryRecords": "PutTelemetryRecords",
  "POST /TraceSummaries": "GetTraceSummaries",
  "POST /Traces": "BatchGetTraces",
  "POST /ServiceGraph": "GetServiceGraph",
  "POST /TraceGraph": "GetTraceGraph",
  "POST /GetSamplingRules": "GetSamplingRules",
  "POST /SamplingTargets": "GetSamplingTargets",
};
