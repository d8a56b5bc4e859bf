import { overrideProgress, type Progress } from "../tools/deploy/progress.ts";
import { gapName, type UnsupportedResource } from "./emulator-gaps.ts";
import type { Results } from "./results.ts";

/**
 * Forwards to `progress`, and records the outcome of each stack.
 *
 * @param action what is done with the stacks; part of the results' names.
 * @param knownRefusals the resources for which the emulator must fail, with the expected errors.
 */
export function recordProgress(
  progress: Progress,
  results: Results,
  action: string,
  knownRefusals: readonly UnsupportedResource[] = [],
): Progress {
  const refusalOf = (stack: string) => knownRefusals.find((gap) => gap.stack === stack);
  return overrideProgress(progress, {
    done: (stack, summary) => {
      results.pass(`${action} ${stack}`);
      const gap = refusalOf(stack);
      if (gap) results.gap(gapName(gap), gap.reason, "is listed as a gap, but the emulator supports it now");
      progress.done(stack, summary);
    },
    fail: (stack, errors) => {
      const gap = refusalOf(stack);
      if (gap && errors.includes(gap.error)) {
        results.gap(gapName(gap), gap.reason);
        progress.done(stack, "as far as the emulator supports it");
        return;
      }
      results.fail(`${action} ${stack}`, errors);
      progress.fail(stack, errors);
    },
    skip: (stack, because) => {
      results.skip(`${action} ${stack}`, `${because} did not succeed`);
      progress.skip(stack, because);
    },
  });
}
