import { expect, it } from "vitest";
import { Measurement } from "./measurement.ts";

it("counts each interval, and the total", () => {
  const measurement = new Measurement();
  for (let time = 1; time <= 100; time += 1) measurement.add(time);
  measurement.add(undefined);
  expect(measurement.take()).toEqual({ sent: 101, failed: 1, median: 51, p99: 100 });
  measurement.add(7);
  expect(measurement.take()).toEqual({ sent: 1, failed: 0, median: 7, p99: 7 });
  expect(measurement.take()).toEqual({ sent: 0, failed: 0, median: 0, p99: 0 });
  expect([measurement.totalSent, measurement.totalFailed]).toEqual([102, 1]);
});
