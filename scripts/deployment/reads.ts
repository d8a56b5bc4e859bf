import { configurationText, readConfiguration, type Stack, stateLocationOf } from "./manifest.ts";

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
