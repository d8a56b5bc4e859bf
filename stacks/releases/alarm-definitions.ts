import { MINUTE, type Watch } from "../monitoring/metrics.ts";

/** What is watched of one stage; the name of the alarm is known to tools/release. A canary is tried for minutes, so a minute must tell. */
export function releaseWatches(functionName: string, stage: string): Watch[] {
  return [
    {
      id: `Releases${stage[0]?.toUpperCase()}${stage.slice(1)}Errors`,
      description: `Requests of the stage ${stage} failed`,
      namespace: "AWS/Lambda",
      metric: "Errors",
      dimensions: { FunctionName: functionName, Resource: `${functionName}:${stage}` },
      statistic: "Sum",
      alarm: "above",
      threshold: 0,
      period: MINUTE,
      periods: 1,
      missing: "notBreaching",
    },
  ];
}
