import { configurationText, readConfiguration, type Stack, stateLocationOf } from "../synth/manifest.ts";
import type { StateStore } from "./state/state-store.ts";

/** That a stack reads outputs of another by its remote state. */
export interface Read {
  /** Name of the stack that is read. */
  readonly from: string;
  readonly outputs: readonly string[];
}

/** What a stack reads of others, out of what was synthesized. */
export function readsOf(stack: Stack, stacks: readonly Stack[]): readonly Read[] {
  const { data } = readConfiguration(stack);
  const nameByKey = new Map(stacks.map((other) => [stateLocationOf(other).key, other.name]));
  const text = configurationText(stack);
  return Object.entries(data?.terraform_remote_state ?? {}).flatMap(([id, { config }]) => {
    const from = nameByKey.get(config.key);
    if (from === undefined) return [];
    const outputs = [...text.matchAll(new RegExp(`data\\.terraform_remote_state\\.${id}\\.outputs\\.(\\w+)`, "g"))];
    return [{ from, outputs: [...new Set(outputs.map(([, name = ""]) => name))].sort() }];
  });
}

/** Whether what is read is there: the stack was applied, and tells it. */
export async function isThere(
  { from, outputs }: Read,
  stacks: readonly Stack[],
  states: Pick<StateStore, "read">,
): Promise<boolean> {
  const producer = stacks.find(({ name }) => name === from);
  const state = producer && (await states.read(producer));
  return state !== undefined && outputs.every((name) => name in state.outputs);
}

/** Stacks were chosen without others that they read, and these were not applied before. */
export class MissingStackError extends Error {
  override readonly name = "MissingStackError";
  readonly code = "MISSING_STACK";
}

/**
 * @param chosen some of the stacks.
 * @throws MissingStackError when one of them reads what neither is there nor chosen.
 */
export async function requireReads(
  chosen: readonly Stack[],
  stacks: readonly Stack[],
  states: Pick<StateStore, "read">,
): Promise<void> {
  for (const stack of chosen) {
    for (const read of readsOf(stack, stacks)) {
      if (chosen.some(({ name }) => name === read.from) || (await isThere(read, stacks, states))) continue;
      throw new MissingStackError(`${stack.name} reads ${read.outputs.join(", ")} of ${read.from}: deploy that first.`);
    }
  }
}
