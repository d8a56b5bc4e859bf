import type { Log } from "../../lib/log/log.ts";
import type { Stage } from "../../lib/releases/lambda-aliases.ts";
import { type Release, ReleaseError, type Serving } from "../../lib/releases/release.ts";
import type { Clock } from "../../lib/time/clock.ts";
import type { Alarm } from "./alarm-event.ts";

export interface RollbackDependencies {
  readonly releases: {
    stage(name: string): Promise<Stage>;
    serve(stage: Stage, serving: Serving): Promise<void>;
  };
  readonly history: { add(release: Release): Promise<void> };
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Ends a canary when the alarm of its stage is in the state `ALARM`: all requests go to the version that the stage
 * served before. It does nothing without a canary, because it cannot determine which version would be better.
 */
export async function rollBackCanary(alarm: Alarm, dependencies: RollbackDependencies): Promise<void> {
  const { releases, history, clock, log } = dependencies;
  const { name, isInAlarm, stage: stageName } = alarm;
  if (!isInAlarm) return;
  const stage = await releases.stage(stageName);
  const { serving: from } = stage;
  if (!from.canary) {
    log.warn("Alarm on a stage without a canary", { alarm: name, stage: stageName });
    return;
  }
  const to = { version: from.version };
  try {
    await releases.serve(stage, to);
  } catch (error) {
    // The concurrent change may have started a canary of another version, so the stage is read again.
    if (error instanceof ReleaseError && error.code === "ChangedMeanwhile") return rollBackCanary(alarm, dependencies);
    throw error;
  }
  log.warn("A canary was rolled back", { alarm: name, stage: stageName, version: from.canary.version });
  await history.add({
    stage: stageName,
    at: new Date(clock.now()).toISOString(),
    action: "rollback",
    from,
    to,
    by: name,
  });
}
