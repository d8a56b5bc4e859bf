import { CommandError } from "../command-line/errors.ts";
import { configurationText, readConfiguration, stateLocationOf } from "../synth/configuration.ts";
import type { Stack } from "../synth/manifest.ts";
import type { StateStore } from "./state/state-store.ts";

/** A stack reads outputs of another one through its remote state. */
export interface Read {
  /** Name of the stack that is read. */
  readonly from: string;
  readonly outputs: readonly string[];
}

/** The outputs of other stacks that a synthesized stack reads. */
export function readsOf(stack: Stack, stacks: readonly Stack[]): readonly Read[] {
  const { data } = readConfiguration(stack);
  const nameByKey = new Map(stacks.map((other) => [stateLocationOf(other).key, other.name]));
  const text = configurationText(stack);
  return Object.entries(data.terraform_remote_state).flatMap(([id, { config }]) => {
    const from = nameByKey.get(config.key);
    if (from === undefined) return [];
    const outputs = [...text.matchAll(new RegExp(`data\\.terraform_remote_state\\.${id}\\.outputs\\.(\\w+)`, "g"))];
    return [{ from, outputs: [...new Set(outputs.map(([, name = ""]) => name))].sort() }];
  });
}

/** Whether the outputs exist: the other stack was applied with them. */
export async function isReadable(
  { from, outputs }: Read,
  stacks: readonly Stack[],
  states: Pick<StateStore, "read">,
): Promise<boolean> {
  const producer = stacks.find(({ name }) => name === from);
  const state = producer && (await states.read(producer));
  return state !== undefined && outputs.every((name) => name in state.outputs);
}

/** A chosen stack reads outputs of a stack that is neither chosen nor applied. */
export class MissingStackError extends CommandError {
  override readonly name = "MissingStackError";
  readonly code = "MISSING_STACK";
}

/**
 * @param chosen some of the stacks.
 * @throws MissingStackError if one of them reads outputs of a stack that is neither chosen nor applied.
 */
export async function requireReads(
  chosen: readonly Stack[],
  stacks: readonly Stack[],
  states: Pick<StateStore, "read">,
): Promise<void> {
  for (const stack of chosen) {
    for (const read of readsOf(stack, stacks)) {
      if (chosen.some(({ name }) => name === read.from) || (await isReadable(read, stacks, states))) continue;
      throw new MissingStackError(
        `${stack.name} reads ${read.outputs.join(", ")} of ${read.from}. Deploy ${read.from} first.`,
      );
    }
  }
}
