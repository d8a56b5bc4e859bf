import type { CanaryRun } from "./canary-run.ts";
import { epochSeconds } from "./epoch-seconds.ts";

/** A run as `DescribeCanariesLastRun` and `GetCanaryRuns` return it. */
export function runDescription({ id, canaryName, started, completed, outcome }: CanaryRun): object {
  return {
    Id: id,
    Name: canaryName,
    Status: {
      State: outcome.state,
      ...(outcome.state === "FAILED" && { StateReason: outcome.reason, StateReasonCode: outcome.reasonCode }),
    },
    Timeline: { Started: epochSeconds(started), Completed: epochSeconds(completed) },
  };
}
