import { describe, expect, it } from "vitest";
import { silentLog } from "../../lib/log/testing/silent-log.ts";
import type { Stage } from "../../lib/releases/lambda-aliases.ts";
import { type Release, ReleaseError, type Serving } from "../../lib/releases/release.ts";
import { readAlarm } from "./alarm-event.ts";
import { rollBackCanary } from "./roll-back-canary.ts";

const event = (value: string, dimensions: Record<string, string> = { Resource: "nv-demo-build-info:live" }) => ({
  source: "aws.cloudwatch",
  alarmData: {
    alarmName: "nv-demo-releases-live-errors",
    state: { value },
    configuration: { metrics: [{ metricStat: { metric: { dimensions } } }] },
  },
});

/** A stage, what it is set to serve, and the recorded releases. The first `conflicts` changes fail. */
function setUp(serving: Serving, conflicts = 0) {
  const stage: Stage = { name: "live", serving, revision: "r" };
  const served: Serving[] = [];
  const history: Release[] = [];
  let conflictsLeft = conflicts;
  const dependencies = {
    releases: {
      stage: async () => stage,
      serve: async (_: Stage, to: Serving) => {
        if (conflictsLeft-- > 0) throw new ReleaseError("ChangedMeanwhile", "changed");
        served.push(to);
      },
    },
    history: { add: async (release: Release) => void history.push(release) },
    clock: { now: () => Date.parse("2026-11-21T10:00:00Z") },
    log: silentLog,
  };
  return { dependencies, served, history };
}

const withCanary: Serving = { version: "1", canary: { version: "2", weight: 0.1 } };

describe("rollBackCanary", () => {
  it("ends the canary in the state ALARM and records the reason", async () => {
    const { dependencies, served, history } = setUp(withCanary);
    await rollBackCanary(readAlarm(event("ALARM")), dependencies);
    expect(served).toEqual([{ version: "1" }]);
    expect(history).toEqual([
      {
        stage: "live",
        at: "2026-11-21T10:00:00.000Z",
        action: "rollback",
        from: withCanary,
        to: { version: "1" },
        by: "nv-demo-releases-live-errors",
      },
    ]);
  });

  it.each([
    ["OK", withCanary],
    ["INSUFFICIENT_DATA", withCanary],
    ["ALARM", { version: "1" }],
  ])("does not change the stage: %s, %j", async (state, serving) => {
    const { dependencies, served, history } = setUp(serving);
    await rollBackCanary(readAlarm(event(state)), dependencies);
    expect([served, history]).toEqual([[], []]);
  });

  it("retries when the stage was changed concurrently", async () => {
    const { dependencies, served } = setUp(withCanary, 1);
    await rollBackCanary(readAlarm(event("ALARM")), dependencies);
    expect(served).toEqual([{ version: "1" }]);
  });

  it("throws on an event that is not of an alarm on an alias", () => {
    expect(() => readAlarm({})).toThrow();
    expect(() => readAlarm(event("ALARM", { FunctionName: "x" }))).toThrow("does not monitor an alias");
  });
});
