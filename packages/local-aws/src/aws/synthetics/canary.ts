import { block, number, text } from "../../provider/attributes.ts";
import type { Attributes } from "../../provider/resource-handler.ts";
import { arn } from "../../runtime/account.ts";
import { AwsError } from "../../runtime/error.ts";
import { parseSchedule, type Schedule } from "../../runtime/schedule.ts";

/** 14 minutes. https://docs.aws.amazon.com/AmazonSynthetics/latest/APIReference/API_CanaryRunConfigInput.html */
const MAX_TIMEOUT_SECONDS = 840;
export const DEFAULT_MEMORY_MB = 1_000;
export const DEFAULT_TIMEOUT_SECONDS = MAX_TIMEOUT_SECONDS;

/** When a started canary runs. */
export interface CanarySchedule {
  readonly expression: string;
  /** Undefined: the canary runs once, when it is started. */
  readonly schedule: Schedule | undefined;
  /** Whether the canary also runs when it is started: with a rate, but not with a cron expression. */
  readonly runsAtStart: boolean;
  /** For how long a started canary runs on its schedule; 0 for no limit. */
  readonly durationSeconds: number;
}

/** A canary as configured. */
export interface Canary extends CanarySchedule {
  readonly name: string;
  /** Name of the function that runs it, `cwsyn-<name>-<id>`. */
  readonly functionName: string;
  readonly handler: string;
  readonly runtimeVersion: string;
  readonly executionRoleArn: string;
  readonly artifactLocation: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly successRetentionDays: number;
  readonly failureRetentionDays: number;
  readonly tags: Readonly<Record<string, string>>;
}

/** @throws AwsError `ValidationException`. */
export function parseCanary(attributes: Attributes): Canary {
  const schedule = block(attributes.schedule);
  const run = block(attributes.run_config);
  const timeoutSeconds = number(run.timeout_in_seconds, DEFAULT_TIMEOUT_SECONDS);
  if (timeoutSeconds < 3 || timeoutSeconds > MAX_TIMEOUT_SECONDS) {
    throw new AwsError("ValidationException", `timeoutInSeconds must be between 3 and ${MAX_TIMEOUT_SECONDS}.`);
  }
  return {
    ...parseCanarySchedule(text(schedule.expression), number(schedule.duration_in_seconds, 0)),
    name: text(attributes.name),
    functionName: text(attributes.engine_arn).split(":")[6] ?? "",
    handler: text(attributes.handler),
    runtimeVersion: text(attributes.runtime_version),
    executionRoleArn: text(attributes.execution_role_arn),
    artifactLocation: text(attributes.artifact_s3_location).replace(/^s3:\/\//, ""),
    timeoutSeconds,
    memoryMb: number(run.memory_in_mb, DEFAULT_MEMORY_MB),
    environment: (run.environment_variables ?? {}) as Record<string, string>,
    successRetentionDays: number(attributes.success_retention_period, 31),
    failureRetentionDays: number(attributes.failure_retention_period, 31),
    tags: (attributes.tags_all ?? {}) as Record<string, string>,
  };
}

/** @throws AwsError `ValidationException`. */
export function parseCanarySchedule(expression: string, durationSeconds: number): CanarySchedule {
  const runsOnce = /^rate\(0 (minute|minutes|hour)\)$/.test(expression);
  return {
    expression,
    schedule: runsOnce ? undefined : parseSchedule(expression),
    runsAtStart: expression.startsWith("rate("),
    durationSeconds,
  };
}

export function canaryArn(name: string): string {
  return arn("synthetics", `canary:${name}`);
}

export function functionNameOf(canaryName: string, id: string): string {
  return `cwsyn-${canaryName}-${id}`;
}

export function canaryNotFound(name: string): AwsError {
  return new AwsError("ResourceNotFoundException", `Canary ${name} not found.`, 404);
}
