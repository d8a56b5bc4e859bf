import type { CanaryState } from "./canaries.ts";
import type { Canary } from "./canary.ts";
import { epochSeconds } from "./epoch-seconds.ts";

/** A canary as `DescribeCanaries` and `GetCanary` return it. */
export function canaryDescription(canary: Canary, { status, startedAt, stoppedAt }: CanaryState): object {
  return {
    Id: canary.functionName.slice(-36),
    Name: canary.name,
    Code: { Handler: canary.handler },
    ExecutionRoleArn: canary.executionRoleArn,
    Schedule: { Expression: canary.expression, DurationInSeconds: canary.durationSeconds },
    RunConfig: {
      TimeoutInSeconds: canary.timeoutSeconds,
      MemoryInMB: canary.memoryMb,
      EnvironmentVariables: canary.environment,
    },
    SuccessRetentionPeriodInDays: canary.successRetentionDays,
    FailureRetentionPeriodInDays: canary.failureRetentionDays,
    Status: { State: status },
    Timeline: { LastStarted: epochSeconds(startedAt), LastStopped: epochSeconds(stoppedAt) },
    ArtifactS3Location: canary.artifactLocation,
    RuntimeVersion: canary.runtimeVersion,
    Tags: canary.tags,
  };
}
