import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { StallDetector } from "./stall-detector.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it("calls back when no progress is reported within the limit, not when the run as a whole takes longer", () => {
  const onStall = vi.fn();
  const stalls = new StallDetector(1_000, onStall);
  for (let i = 0; i < 5; i += 1) {
    vi.advanceTimersByTime(900);
    stalls.reportProgress();
  }
  expect(onStall).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1_000);
  expect(onStall).toHaveBeenCalledOnce();
});
