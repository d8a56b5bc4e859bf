import { Resolver } from "node:dns/promises";
import { type Environment, EnvironmentError, type EnvironmentName } from "../../stacks/environment/environment.ts";
import { environmentData } from "../../stacks/environment/environments.ts";
import { readEnvironment } from "../../stacks/environment/read-environment.ts";
import { clientOf, WrongAwsError } from "../aws/open-aws.ts";
import { S3States } from "../deploy/state/s3-states.ts";
import { dataDirectory } from "../paths/data-directory.ts";
import { ROOT } from "../paths/root.ts";
import type { Stack } from "../synth/manifest.ts";
import { SynthesizedStacks } from "../synth/synthesized-stacks.ts";
import { withStacks } from "../synth/with-stacks.ts";
import { AwsAccount } from "./aws-account.ts";
import { createAwsClients } from "./aws-clients.ts";
import { diagnose, diagnoseMachine } from "./diagnose.ts";
import type { DoctorContext } from "./doctor-context.ts";
import { type CheckResult, fail } from "./finding.ts";
import { thisMachine } from "./this-machine.ts";

/** Checks this machine and then the environment's AWS; reports each result as soon as it is available. */
export async function examine(name: EnvironmentName, report: (result: CheckResult) => void): Promise<void> {
  const machine = thisMachine(process.env.NV_DEMO_USER_PATH ?? process.env.PATH ?? "");
  const folder = name === "local" ? dataDirectory() : ROOT;
  for await (const result of diagnoseMachine(machine, folder, environmentData(name))) report(result);
  const environment = tryReadEnvironment(name);
  if (environment instanceof EnvironmentError) {
    report({ check: "account", ...fail(`${name} has none`, environment.message) });
    return;
  }
  await withStacks({ NV_DEMO_ENVIRONMENT: name }, async (stacks) => {
    const context: DoctorContext = {
      environment,
      stacks: SynthesizedStacks.read(stacks),
      aws: openAccount(environment, stacks),
      nameServers,
    };
    for await (const result of diagnose(context)) report(result);
  });
}

function tryReadEnvironment(name: EnvironmentName): Environment | EnvironmentError {
  try {
    return readEnvironment({ ...process.env, NV_DEMO_ENVIRONMENT: name });
  } catch (error) {
    if (error instanceof EnvironmentError) return error;
    throw error;
  }
}

function openAccount(environment: Environment, stacks: readonly Stack[]): DoctorContext["aws"] {
  try {
    const clients = createAwsClients(clientOf(environment), { forcePathStyle: environment.s3Addressing === "path" });
    const { accountId, name, region, notifications } = environment;
    const webhookScheme = notifications.scheme;
    return {
      account: new AwsAccount({ accountId, environment: name, region, webhookScheme, clients }),
      states: new S3States(clients.s3, stacks),
    };
  } catch (error) {
    if (error instanceof WrongAwsError) return { unreachable: error.message };
    throw error;
  }
}

/** The name servers of a domain according to the resolver of this machine. */
async function nameServers(domain: string): Promise<readonly string[]> {
  try {
    return await new Resolver({ timeout: 3_000, tries: 2 }).resolveNs(domain);
  } catch (error) {
    if (["ENOTFOUND", "ENODATA"].includes(String((error as { code?: string }).code))) return [];
    throw error;
  }
}
