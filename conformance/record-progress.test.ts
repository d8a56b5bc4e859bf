import { describe, expect, it, vi } from "vitest";
import type { Progress } from "../tools/deploy/progress.ts";
import { recordProgress } from "./record-progress.ts";
import { Results } from "./results.ts";

const silent = () => ({ begin: vi.fn(), event: vi.fn(), done: vi.fn(), fail: vi.fn(), skip: vi.fn() });

it("records each stack once and forwards its progress", () => {
  const results = new Results();
  const progress = silent();
  const recorded = recordProgress(progress, results, "apply");
  recorded.begin("vpc", "planning");
  recorded.done("vpc", "119 resources");
  recorded.fail("postgres", "InvalidParameter");
  recorded.skip("frontend", "postgres");
  expect(results.tally).toMatchObject({
    passed: 1,
    failed: 1,
    skipped: [{ name: "apply frontend", reason: "postgres did not succeed" }],
  });
  expect(progress.done).toHaveBeenCalledExactlyOnceWith("vpc", "119 resources");
});

describe("a known refusal of the emulator", () => {
  const gap = { stack: "state-bucket", address: "aws_s3_bucket.State", reason: "it fails", error: "emptying" };

  it.each<[outcome: string, end: (progress: Progress) => void, passed: number, failed: number]>([
    ["passes with the listed error", (progress) => progress.fail("state-bucket", "emptying: 500"), 1, 0],
    ["fails with another error", (progress) => progress.fail("state-bucket", "AccessDenied"), 0, 1],
    ["does not apply to another stack", (progress) => progress.fail("vpc", "emptying: 500"), 0, 1],
    ["fails if it does not occur", (progress) => progress.done("state-bucket", "destroyed"), 1, 1],
  ])("%s", (_, end, passed, failed) => {
    const results = new Results();
    end(recordProgress(silent(), results, "destroy", [gap]));
    expect(results.tally).toMatchObject({ passed, failed });
  });
});
