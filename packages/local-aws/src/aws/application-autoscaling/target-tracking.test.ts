import * as fc from "fast-check";
import { beforeEach, expect, it } from "vitest";
import { TargetTracking } from "./target-tracking.ts";

const settings = { minimum: 1, maximum: 4, target: 75, scaleOutCooldown: 300, scaleInCooldown: 300 };
let desired: number;
let tracking: TargetTracking;
const capacity = {
  get: () => desired,
  set: (value: number) => {
    desired = value;
  },
};
const minutes = (count: number, requests: number) => {
  for (let minute = 0; minute < count; minute += 1) tracking.observe(requests);
};

beforeEach(() => {
  desired = 1;
  tracking = new TargetTracking(capacity, settings);
});

it("adds as many tasks as the requests need, after three minutes", () => {
  minutes(2, 200);
  expect(desired).toBe(1);
  minutes(1, 200);
  expect(desired).toBe(3);
});

it("ignores short bursts, and requests exactly at the target", () => {
  minutes(2, 10_000);
  minutes(1, 75);
  minutes(2, 10_000);
  minutes(50, 75);
  expect(desired).toBe(1);
});

it("stays within its limits", () => {
  minutes(3, 100_000);
  expect(desired).toBe(4);
  minutes(100, 0);
  expect(desired).toBe(1);
});

it("waits for the cooldown before it scales out again", () => {
  minutes(3, 100);
  expect(desired).toBe(2);
  minutes(4, 300);
  expect(desired).toBe(2);
  minutes(1, 300);
  expect(desired).toBe(4);
});

it("scales in after fifteen minutes with few requests", () => {
  desired = 4;
  minutes(14, 10);
  expect(desired).toBe(4);
  minutes(1, 10);
  expect(desired).toBe(1);
});

it("does not scale between 90 % of the target and the target", () => {
  desired = 2;
  minutes(100, 140);
  expect(desired).toBe(2);
});

it("corrects a desired count outside of its limits", () => {
  desired = 9;
  minutes(1, 600);
  expect(desired).toBe(4);
});

it("records its activities with their cause", () => {
  minutes(3, 100);
  expect(tracking.activities).toEqual([{ minute: 3, from: 1, to: 2, cause: expect.stringContaining("above 75") }]);
});

it("reaches enough tasks within its limits after any sequence of requests", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1_000)), fc.nat(600), (before, load) => {
      desired = 1;
      tracking = new TargetTracking(capacity, settings);
      for (const requests of before) tracking.observe(requests);
      minutes(30, load);
      expect(desired).toBeGreaterThanOrEqual(Math.min(Math.max(Math.ceil(load / 75), 1), 4));
      expect(desired).toBeLessThanOrEqual(4);
    }),
  );
});
