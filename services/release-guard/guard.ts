import type { Log } from "../../lib/log/log.ts";
import type { Stage } from "../../lib/releases/lambda-releases.ts";
import { type Release, ReleaseError, type Serving } from "../../lib/releases/release.ts";
import type { Clock } from "../../lib/time/clock.ts";
import type { Alarm } from "./alarm-event.ts";

export interface GuardParts {
  readonly releases: {
    stage(name: string): Promise<Stage>;
    serve(stage: Stage, serving: Serving): Promise<void>;
  };
  readonly history: { add(release: Release): Promise<void> };
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Takes a canary back when the alarm of its stage is on: all requests go to the version that the stage served before. Without a canary it
 * does nothing, because then nobody knows which version would be better.
 */
export async function guard(alarm: Alarm, parts: GuardParts): Promise<void> {
  const { releases, history, clock, log } = parts;
  const { name, isOn, stage: stageName } = alarm;
  if (!isOn) return;
  const stage = await releases.stage(stageName);
  const { serving: from } = stage;
  if (!from.canary) {
    log.warn("An alarm without a canary", { alarm: name, stage: stageName });
    return;
  }
  const to = { version: from.version };
  try {
    await releases.serve(stage, to);
  } catch (error) {
    // whoever moved it at the same moment may have made a canary of another version: look again
    if (error instanceof ReleaseError && error.code === "ChangedMeanwhile") return guard(alarm, parts);
    throw error;
  }
  log.warn("A canary was taken back", { alarm: name, stage: stageName, version: from.canary.version });
  await history.add({
    stage: stageName,
    at: new Date(clock.now()).toISOString(),
    action: "rollback",
    from,
    to,
    by: name,
  });
}
