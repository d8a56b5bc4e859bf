import { expect, it } from "vitest";
import { CpuMeter } from "./cpu-meter.ts";

it("returns the average number of CPUs since the last reading of the same name", () => {
  let now = 0;
  const meter = new CpuMeter(() => now);
  expect(meter.cpus("a", 10)).toBeUndefined();
  now = 2_000;
  expect(meter.cpus("a", 11)).toBe(0.5);
  expect(meter.cpus("b", 11)).toBeUndefined();
  now = 3_000;
  expect(meter.cpus("a", 13)).toBe(2);
});

it("returns zero after a restart, and nothing at the same time", () => {
  let now = 0;
  const meter = new CpuMeter(() => now);
  meter.cpus("a", 10);
  expect(meter.cpus("a", 11)).toBeUndefined();
  now = 1_000;
  expect(meter.cpus("a", 1)).toBe(0);
});
