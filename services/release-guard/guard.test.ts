import { describe, expect, it } from "vitest";
import { silentLog } from "../../lib/log/testing/silent-log.ts";
import type { Stage } from "../../lib/releases/lambda-releases.ts";
import { type Release, ReleaseError, type Serving } from "../../lib/releases/release.ts";
import { readAlarm } from "./alarm-event.ts";
import { guard } from "./guard.ts";

const event = (value: string, dimensions: Record<string, string> = { Resource: "nv-demo-build-info:live" }) => ({
  source: "aws.cloudwatch",
  alarmData: {
    alarmName: "nv-demo-releases-live-errors",
    state: { value },
    configuration: { metrics: [{ metricStat: { metric: { dimensions } } }] },
  },
});

/** Stages that the guard moves, and what it remembers of that. */
function setting(serving: Serving, movedMeanwhile = 0) {
  const stage: Stage = { name: "live", serving, revision: "r" };
  const served: Serving[] = [];
  const history: Release[] = [];
  let left = movedMeanwhile;
  const parts = {
    releases: {
      stage: async () => stage,
      serve: async (_: Stage, to: Serving) => {
        if (left-- > 0) throw new ReleaseError("ChangedMeanwhile", "moved");
        served.push(to);
      },
    },
    history: { add: async (release: Release) => void history.push(release) },
    clock: { now: () => Date.parse("2026-11-21T10:00:00Z") },
    log: silentLog,
  };
  return { parts, served, history };
}

const trying: Serving = { version: "1", canary: { version: "2", weight: 0.1 } };

describe("the guard", () => {
  it("takes a canary back when the alarm goes on, and remembers why", async () => {
    const { parts, served, history } = setting(trying);
    await guard(readAlarm(event("ALARM")), parts);
    expect(served).toEqual([{ version: "1" }]);
    expect(history).toEqual([
      {
        stage: "live",
        at: "2026-11-21T10:00:00.000Z",
        action: "rollback",
        from: trying,
        to: { version: "1" },
        by: "nv-demo-releases-live-errors",
      },
    ]);
  });

  it.each([
    ["OK", trying],
    ["INSUFFICIENT_DATA", trying],
    ["ALARM", { version: "1" }],
  ])("leaves a stage alone: %s, %j", async (state, serving) => {
    const { parts, served, history } = setting(serving);
    await guard(readAlarm(event(state)), parts);
    expect([served, history]).toEqual([[], []]);
  });

  it("looks again when somebody moved the stage at the same moment", async () => {
    const { parts, served } = setting(trying, 1);
    await guard(readAlarm(event("ALARM")), parts);
    expect(served).toEqual([{ version: "1" }]);
  });

  it("fails on what is no alarm of a stage, so that it is seen", () => {
    expect(() => readAlarm({})).toThrow();
    expect(() => readAlarm(event("ALARM", { FunctionName: "x" }))).toThrow("watches no alias");
  });
});
