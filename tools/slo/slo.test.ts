import { CloudWatchHarness } from "@nv-demo/local-aws/testing";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { errorIndicator, latencyIndicator } from "../../stacks/slo/indicators.ts";
import { measureObjectives, type ObjectiveStatus } from "./measure-objectives.ts";
import type { PublishedObjective } from "./read-objectives.ts";
import { budgetStatus, renderSlo } from "./render-slo.ts";

const HOUR_MS = 3_600_000;
const API = { ApiId: "a", Stage: "live" };
const BALANCER = { LoadBalancer: "app/web/1" };

const objective = (changes: Partial<PublishedObjective>): PublishedObjective => ({
  id: "FilesAvailability",
  system: "files",
  kind: "availability",
  good: "answered without a 5xx status",
  target: 99,
  indicator: errorIndicator({ namespace: "AWS/ApiGateway", dimensions: API }),
  ...changes,
});

const objectives = [
  objective({}),
  objective({
    id: "FilesLatency",
    kind: "latency",
    good: "answered within 500 ms",
    target: 75,
    indicator: latencyIndicator({ namespace: "AWS/ApiGateway", dimensions: API }, 500),
  }),
  objective({
    id: "SumAvailability",
    system: "sum",
    indicator: errorIndicator({ namespace: "AWS/ApplicationELB", dimensions: BALANCER }),
  }),
  objective({
    id: "ShoutAvailability",
    system: "shout",
    indicator: errorIndicator({ namespace: "AWS/ApplicationELB", dimensions: { LoadBalancer: "app/unused/2" } }),
  }),
];

describe("the objectives", () => {
  let aws: CloudWatchHarness;

  beforeEach(async () => {
    aws = await CloudWatchHarness.start();
    aws.now = Date.parse("2026-11-28T08:30:00Z");
  });

  afterEach(() => aws.stop());

  /** Requests to the API, of which some have failed or were slow. */
  function request(count: number, { failed = 0, slow = 0 } = {}): void {
    for (let index = 0; index < count; index += 1) {
      const values = { Count: 1, "5xx": index < failed ? 1 : 0, Latency: index < slow ? 800 : 200 };
      aws.cloudWatch.put("AWS/ApiGateway", API, values);
    }
  }

  it("are measured by the hour, weighted by the requests of each", async () => {
    request(15, { failed: 3 });
    aws.now += 2 * HOUR_MS;
    request(5, { slow: 2 });
    aws.cloudWatch.put("AWS/ApplicationELB", BALANCER, { RequestCount: 4, HTTPCode_Target_5XX_Count: 1 });
    aws.cloudWatch.put("AWS/ApplicationELB", BALANCER, { HTTPCode_ELB_5XX_Count: 1 });
    aws.now += 60_000;
    const statuses = await measureObjectives(aws.client, objectives, aws.now);
    expect(statuses.map(({ days, recent }) => [days, recent])).toEqual([
      [
        { requests: 20, bad: expect.closeTo(3) },
        { requests: 5, bad: 0 },
      ],
      [
        { requests: 20, bad: expect.closeTo(2) },
        { requests: 5, bad: expect.closeTo(2) },
      ],
      [
        { requests: 4, bad: expect.closeTo(2) },
        { requests: 4, bad: expect.closeTo(2) },
      ],
      [
        { requests: 0, bad: 0 },
        { requests: 0, bad: 0 },
      ],
    ]);
    expect(renderSlo("local", statuses).split("\n").slice(2, 7).join("\n")).toBe(
      [
        "system  objective                      target  requests  bad  good  budget left  burn rate",
        "files   answered without a 5xx status    99 %        20    3  85 %     -1,400 %        0 ×",
        "files   answered within 500 ms           75 %        20    2  90 %         60 %      1.6 ×",
        "sum     answered without a 5xx status    99 %         4    2  50 %     -4,900 %       50 ×",
        "shout   answered without a 5xx status    99 %         0    0     –            –          –",
      ].join("\n"),
    );
  });
});

describe("an error budget", () => {
  const status = (requests: number, bad: number, target: number): ObjectiveStatus => ({
    objective: objective({ target }),
    days: { requests, bad },
    recent: { requests, bad },
  });

  it("is full without bad requests, and spent at the target", () => {
    expect(budgetStatus(status(1_000, 0, 99.9))).toEqual({ good: 100, remaining: 100, burnRate: 0 });
    expect(budgetStatus(status(1_000, 1, 99.9)).remaining).toBeCloseTo(0);
    expect(budgetStatus(status(0, 0, 99.9))).toEqual({ good: undefined, remaining: undefined, burnRate: undefined });
  });

  it("is spent by its burn rate", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.double({ min: 0, max: 1, noNaN: true }), (requests, share) => {
        const { good = 0, remaining = 0, burnRate = 0 } = budgetStatus(status(requests, requests * share, 99.5));
        expect(good).toBeCloseTo(100 * (1 - share));
        expect(remaining).toBeCloseTo(100 * (1 - burnRate), 4);
      }),
    );
  });
});
