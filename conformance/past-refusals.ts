import { destroyStack, type Work } from "../tools/deploy/deploy.ts";
import type { Refused } from "./gaps.ts";

/** Destroys stacks; what the emulator is known to refuse keeps nothing else from being destroyed. */
export function pastRefusals(refused: readonly Refused[]): Work {
  return async (stack, terraform, progress) => {
    let isKnown = false;
    const destroyed = await destroyStack(stack, terraform, {
      begin: (name, phase) => progress.begin(name, phase),
      event: (name, event) => progress.event(name, event),
      done: (name, summary) => progress.done(name, summary),
      fail: (name, errors) => {
        isKnown = refused.some((gap) => gap.stack === name && errors.includes(gap.error));
        progress.fail(name, errors);
      },
      skip: (name, because) => progress.skip(name, because),
    });
    return destroyed || isKnown;
  };
}
