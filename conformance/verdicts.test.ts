import { expect, it, vi } from "vitest";
import { Verdicts } from "./verdicts.ts";

const progress = { begin: vi.fn(), event: vi.fn(), done: vi.fn(), fail: vi.fn(), skip: vi.fn() };

function reportOf(verdicts: Verdicts): string[] {
  const lines: string[] = [];
  verdicts.report((line) => lines.push(...line.split("\n")));
  return lines;
}

it("counts every stack once, says why one failed or was skipped, and ends with the sum", () => {
  const verdicts = new Verdicts();
  const recording = verdicts.recording(progress, "apply");
  recording.begin("vpc", "planning");
  recording.done("vpc", "119 resources");
  recording.fail("postgres", "InvalidParameter");
  recording.skip("frontend", "postgres");
  expect(verdicts.failed).toBe(true);
  const report = reportOf(verdicts);
  expect(report).toContain("failed: apply postgres: InvalidParameter");
  expect(report).toContain("skipped: apply frontend: postgres did not succeed");
  expect(report.at(-1)).toBe("1 passed, 1 failed, 1 skipped");
  expect(progress.done).toHaveBeenCalledExactlyOnceWith("vpc", "119 resources");
});

it("fails for a gap that is not as the table says, and lists it in any case", () => {
  const verdicts = new Verdicts();
  verdicts.gap("vpc: aws_flow_log", "the emulator forgets it");
  expect(verdicts.failed).toBe(false);
  verdicts.gap("monitoring: aws_synthetics_canary", "the emulator has none", "the emulator takes it now");
  expect(verdicts.failed).toBe(true);
  const report = reportOf(verdicts);
  expect(report).toContain("  vpc: aws_flow_log                  the emulator forgets it");
  expect(report).toContain("failed: monitoring: aws_synthetics_canary: the emulator takes it now");
  expect(report.at(-1)).toBe("1 passed, 1 failed, 0 skipped");
});

it("takes the emulator's known refusal for what it is, and nothing else", () => {
  const gap = { stack: "state-bucket", address: "aws_s3_bucket.State", reason: "it stumbles", error: "emptying" };
  const outcome = (end: (recording: ReturnType<Verdicts["recording"]>) => void) => {
    const verdicts = new Verdicts();
    end(verdicts.recording(progress, "destroy", [gap]));
    return reportOf(verdicts).at(-1);
  };
  expect(outcome((recording) => recording.fail("state-bucket", "emptying: 500"))).toBe("1 passed, 0 failed, 0 skipped");
  expect(outcome((recording) => recording.fail("state-bucket", "no rights"))).toBe("0 passed, 1 failed, 0 skipped");
  expect(outcome((recording) => recording.fail("vpc", "emptying: 500"))).toBe("0 passed, 1 failed, 0 skipped");
  expect(outcome((recording) => recording.done("state-bucket", "gone"))).toBe("1 passed, 1 failed, 0 skipped");
});
