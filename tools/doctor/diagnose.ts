import type { Environment } from "../../stacks/environment/environment.ts";
import type { EnvironmentData } from "../../stacks/environment/environments.ts";
import type { SynthesizedStacks } from "../synth/synthesized-stacks.ts";
import type { Account } from "./account.ts";
import { concurrencyCheck, identityCheck, regionChecks } from "./account-checks.ts";
import { domainChecks, type NameServers } from "./domain.ts";
import { type Check, type Line, look, notChecked } from "./finding.ts";
import { dockerCheck, type Machine, machineChecks } from "./machine.ts";
import { bucketNamesCheck, identityProviderChecks } from "./names.ts";
import { quotaChecks } from "./quotas.ts";
import { type States, stateChecks } from "./state.ts";

/** An environment as it is looked at. */
export interface Patient {
  readonly environment: Environment;
  readonly stacks: SynthesizedStacks;
  /** The environment's AWS, or why it cannot be asked. */
  readonly aws: { readonly account: Account; readonly states: States } | { readonly unreachable: string };
  readonly nameServers: NameServers;
}

/** Looks at the machine that runs the commands. @param folder where a deployment keeps its files. */
export function diagnoseMachine(machine: Machine, folder: string, environment: EnvironmentData): AsyncGenerator<Line> {
  const builds = environment.name !== "local" && environment.parts.includes("sum");
  return inOrder([...machineChecks(machine, folder), ...(builds ? [dockerCheck(machine)] : [])]);
}

/** Looks at the environment's AWS, a line as soon as it is known. */
export async function* diagnose({ environment, stacks, aws, nameServers }: Patient): AsyncGenerator<Line> {
  if ("unreachable" in aws) {
    yield { check: "AWS", ...notChecked(aws.unreachable) };
    return;
  }
  const { account, states } = aws;
  const identity = await look(identityCheck(account, environment));
  yield* identity;
  const checks = [
    ...regionChecks(account, environment),
    concurrencyCheck(account, environment),
    ...quotaChecks(account, stacks),
    bucketNamesCheck(account, stacks),
    ...identityProviderChecks(account, stacks),
    ...domainChecks(account, environment, nameServers),
    ...stateChecks(states, environment.name),
  ];
  if (identity.some(({ status }) => status === "ok")) yield* inOrder(checks);
  else for (const { name } of checks) yield { check: name, ...notChecked("the credentials do not fit") };
}

/** All at once, told in their order. */
async function* inOrder(checks: readonly Check[]): AsyncGenerator<Line> {
  for (const lines of checks.map(look)) yield* await lines;
}
