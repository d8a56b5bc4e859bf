import { destroyStack, type Work } from "../tools/deploy/deploy.ts";
import { overrideProgress } from "../tools/deploy/progress.ts";
import type { UnsupportedResource } from "./emulator-gaps.ts";

/** Destroys a stack; a known refusal of the emulator does not keep the stacks it depends on from being destroyed. */
export function destroyDespiteRefusals(knownRefusals: readonly UnsupportedResource[]): Work {
  return async (stack, terraform, progress) => {
    let isKnown = false;
    const forwarded = overrideProgress(progress, {
      fail: (name, errors) => {
        isKnown = knownRefusals.some((gap) => gap.stack === name && errors.includes(gap.error));
        progress.fail(name, errors);
      },
    });
    const destroyed = await destroyStack(stack, terraform, forwarded);
    return destroyed || isKnown;
  };
}
