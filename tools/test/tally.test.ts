import { writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { NO_CHECKS, sumOf, tallyOf } from "./tally.ts";

const TALLY = { passed: 3, failed: 0, skipped: [{ name: "one", reason: "no Docker" }], files: [] };

/** A program that writes a tally and exits with a code. */
const program = (code: number, tally?: object) => async (variables: NodeJS.ProcessEnv) => {
  if (tally) writeFileSync(variables.NV_DEMO_TALLY ?? "", JSON.stringify(tally));
  return code;
};

it("reads the tally that a program writes", async () => {
  expect(await tallyOf(program(0, TALLY))).toEqual(TALLY);
  expect(await tallyOf(program(0))).toEqual(NO_CHECKS);
});

it("counts a failed program without failed tests as one failure", async () => {
  expect(await tallyOf(program(1, TALLY))).toEqual({ ...TALLY, failed: 1 });
  expect(await tallyOf(program(1, { ...TALLY, failed: 2 }))).toMatchObject({ failed: 2 });
  expect(await tallyOf(program(1))).toEqual({ ...NO_CHECKS, failed: 1 });
});

it("adds tallies", () => {
  expect(sumOf([TALLY, NO_CHECKS, { passed: 1, failed: 2, skipped: [], files: [{ name: "a", duration: 1 }] }])).toEqual(
    {
      passed: 4,
      failed: 2,
      skipped: TALLY.skipped,
      files: [{ name: "a", duration: 1 }],
    },
  );
  expect(sumOf([])).toEqual(NO_CHECKS);
});
