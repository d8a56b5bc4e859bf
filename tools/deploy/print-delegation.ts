import { delegationNotice } from "../doctor/delegation.ts";
import type { Stack } from "../synth/manifest.ts";
import type { StateStore } from "./state/state-store.ts";

/** The stack that makes the zone of an environment's domain. */
const ZONE_STACK = "route53";

/**
 * Tells, after a deployment of the zone, which servers to name at the registrar.
 *
 * @param deployed the stacks that were applied.
 * @param json as a line for programs.
 */
export async function tellDelegation(
  domain: string | undefined,
  deployed: readonly Stack[],
  states: Pick<StateStore, "read">,
  json: boolean | undefined,
  print: (line: string) => void = console.log,
): Promise<void> {
  const stack = deployed.find(({ name }) => name === ZONE_STACK);
  if (domain === undefined || !stack) return;
  const { name_servers } = (await states.read(stack))?.outputs ?? {};
  const { value: nameServers = [] } = (name_servers ?? {}) as { value?: readonly string[] };
  const notice = delegationNotice(domain, nameServers);
  if (notice !== undefined) print(json ? JSON.stringify({ type: "delegation", domain, nameServers }) : `\n${notice}`);
}
