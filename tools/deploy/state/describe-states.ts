import type { Stack } from "../../synth/manifest.ts";
import { type Lock, lockText, parseState, type State, type StateStore, type StateVersion } from "./state-store.ts";

/** How many versions are read for their serial. The bucket may have older ones. */
const MAX_VERSIONS = 20;

export interface StateRow {
  readonly stack: string;
  /** Undefined, like the number of resources, when the stack was never applied. */
  readonly serial?: number | undefined;
  readonly resources?: number | undefined;
  readonly lock?: Lock | undefined;
}

export async function stateRows(stacks: readonly Stack[], states: StateStore): Promise<readonly StateRow[]> {
  const rows = stacks.map(async (stack): Promise<StateRow> => {
    const [state, lock] = await Promise.all([states.read(stack), states.lock(stack)]);
    return { stack: stack.name, serial: state?.serial, resources: state && count(state), lock };
  });
  return Promise.all(rows);
}

function count({ resources }: State): number {
  return resources.filter(({ mode }) => mode === "managed").reduce((sum, { instances }) => sum + instances.length, 0);
}

export function describeStates(rows: readonly StateRow[]): string {
  const width = Math.max(...rows.map(({ stack }) => stack.length));
  return rows
    .map(({ stack, serial, resources, lock }) => {
      const summary = serial === undefined ? "never applied" : `serial ${serial}, ${resources} resources`;
      return `${stack.padEnd(width)}  ${summary}${lock ? `, ${lockText(lock)}` : ""}`;
    })
    .join("\n");
}

export interface VersionRow extends StateVersion {
  readonly serial: number;
  readonly resources: number;
}

export async function versionRows(stack: Stack, states: StateStore): Promise<readonly VersionRow[]> {
  const versions = (await states.versions(stack)).slice(0, MAX_VERSIONS);
  const rows = versions.map(async (version) => {
    const state = parseState((await states.version(stack, version.id)) ?? "");
    return { ...version, serial: state.serial, resources: count(state) };
  });
  return Promise.all(rows);
}

export function describeVersions(rows: readonly VersionRow[]): string {
  const lines = rows.map(
    ({ id, writtenAt, serial, resources, size, isCurrent }) =>
      `${id}  ${writtenAt.toISOString()}  serial ${serial}, ${resources} resources, ${size} bytes${isCurrent ? ", current" : ""}`,
  );
  return lines.join("\n") || "There are no versions: the stack was never applied.";
}
