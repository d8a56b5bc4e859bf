import type { Environment } from "../../stacks/environment/environment.ts";
import type { States } from "../deploy/state/states.ts";
import type { SynthesizedStacks } from "../synth/synthesized-stacks.ts";
import type { Account } from "./account.ts";
import type { NameServers } from "./domain-checks.ts";

/** The environment that doctor examines, and access to it. */
export interface DoctorContext {
  readonly environment: Environment;
  readonly stacks: SynthesizedStacks;
  /** The environment's AWS, or why it cannot be reached. */
  readonly aws: { readonly account: Account; readonly states: States } | { readonly unreachable: string };
  readonly nameServers: NameServers;
}
