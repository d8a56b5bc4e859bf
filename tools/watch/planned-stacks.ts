import { configurationText } from "../synth/configuration.ts";
import type { Stack } from "../synth/manifest.ts";

export interface StackDifferences {
  /** Stacks that are new or have another configuration. */
  readonly changed: readonly Stack[];
  /** Names of stacks that the synthesis does not have any more. */
  readonly removed: readonly string[];
}

/** The configuration with which each stack was planned last, to find out which stacks a synthesis has changed. */
export class PlannedStacks {
  /** Undefined when the plan or the apply has failed. */
  readonly #texts = new Map<string, string | undefined>();

  constructor(deployed: readonly Stack[] = []) {
    for (const stack of deployed) this.record(stack);
  }

  /** The configuration of a stack was planned, and applied unless the user did not want it. */
  record(stack: Stack): void {
    this.#texts.set(stack.name, configurationText(stack));
  }

  /** Plans a stack again with the next change, whatever it is. */
  forget(name: string): void {
    this.#texts.set(name, undefined);
  }

  /** @param stacks those of a synthesis. A removed one is reported once. */
  compare(stacks: readonly Stack[]): StackDifferences {
    const changed = stacks.filter((stack) => this.#texts.get(stack.name) !== configurationText(stack));
    const removed = [...this.#texts.keys()].filter((name) => !stacks.some((stack) => stack.name === name));
    for (const name of removed) this.#texts.delete(name);
    return { changed, removed };
  }
}

/** The stacks and all that read their outputs, directly or not, in the order of all stacks. */
export function withReaders(stacks: readonly Stack[], changed: readonly Stack[]): readonly Stack[] {
  const included = new Set(changed.map(({ name }) => name));
  for (let size = 0; size !== included.size; ) {
    size = included.size;
    for (const { name, dependencies } of stacks) {
      if (dependencies.some((dependency) => included.has(dependency))) included.add(name);
    }
  }
  return stacks.filter(({ name }) => included.has(name));
}
