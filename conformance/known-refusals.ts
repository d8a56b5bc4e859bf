import { destroyStack, type StackOperation } from "../tools/deploy/deploy.ts";
import { overrideProgress } from "../tools/deploy/progress.ts";
import type { UnsupportedResource } from "./emulator-gaps.ts";

/**
 * Destroys a stack. After a known refusal of the emulator, the stacks that it depends on are destroyed nevertheless.
 */
export function destroyDespiteRefusals(knownRefusals: readonly UnsupportedResource[]): StackOperation {
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
