import type { MetricSink } from "../cloudwatch/metric-sink.ts";
import type { CanaryRun } from "./canary-run.ts";

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries_metrics.html */
export function publishRun(metrics: MetricSink, { canaryName, started, completed, outcome }: CanaryRun): void {
  const hasPassed = outcome.state === "PASSED";
  const values = { SuccessPercent: hasPassed ? 100 : 0, Failed: hasPassed ? 0 : 1, Duration: completed - started };
  metrics.put("CloudWatchSynthetics", { CanaryName: canaryName }, values);
}
