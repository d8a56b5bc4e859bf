import * as v from "valibot";
import type { Stack } from "../synth/manifest.ts";
import { delegationNotice } from "./delegation.ts";
import type { StateStore } from "./state/state-store.ts";

/** The stack of the hosted zone of an environment's domain. */
const ZONE_STACK = "route53";
const zoneOutputs = v.object({ name_servers: v.object({ value: v.array(v.string()) }) });

/**
 * Prints, after the hosted zone was deployed, which name servers to enter at the registrar.
 *
 * @param deployed the stacks that were applied.
 * @param json prints a line of JSON, for programs.
 */
export async function printDelegation(
  domain: string | undefined,
  deployed: readonly Stack[],
  states: Pick<StateStore, "read">,
  json: boolean,
  print: (line: string) => void = console.log,
): Promise<void> {
  const stack = deployed.find(({ name }) => name === ZONE_STACK);
  if (domain === undefined || !stack) return;
  const outputs = v.safeParse(zoneOutputs, (await states.read(stack))?.outputs);
  const nameServers = outputs.success ? outputs.output.name_servers.value : [];
  const notice = delegationNotice(domain, nameServers);
  if (notice !== undefined) print(json ? JSON.stringify({ type: "delegation", domain, nameServers }) : `\n${notice}`);
}
