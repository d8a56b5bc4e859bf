import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as v from "valibot";
import type { Tally } from "../checks/reporter.ts";

const tally = v.object({
  passed: v.number(),
  failed: v.number(),
  skipped: v.array(v.object({ name: v.string(), reason: v.string() })),
  files: v.optional(v.array(v.object({ name: v.string(), duration: v.number() })), []),
});

export const NO_CHECKS: Tally = { passed: 0, failed: 0, skipped: [], files: [] };

/**
 * @param start runs a program that writes its tally to the file named by `NV_DEMO_TALLY`, and resolves to its exit
 * code.
 */
export async function tallyOf(start: (variables: NodeJS.ProcessEnv) => Promise<number>): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), "nv-demo-test-"));
  const file = join(folder, "tally.json");
  try {
    const code = await start({ NV_DEMO_TALLY: file });
    const counts = existsSync(file)
      ? v.parse(v.pipe(v.string(), v.parseJson(), tally), readFileSync(file, "utf8"))
      : NO_CHECKS;
    // A run can fail although no test does, for example when its setup fails.
    return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function sumOf(tallies: readonly Tally[]): Tally {
  const total = (count: (tally: Tally) => number) => tallies.reduce((sum, one) => sum + count(one), 0);
  return {
    passed: total(({ passed }) => passed),
    failed: total(({ failed }) => failed),
    skipped: tallies.flatMap(({ skipped }) => skipped),
    files: tallies.flatMap(({ files }) => files),
  };
}
