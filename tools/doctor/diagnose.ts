import type { EnvironmentData } from "../../stacks/environment/environments.ts";
import { concurrencyCheck, identityCheck, regionChecks } from "./account-checks.ts";
import type { DoctorContext } from "./doctor-context.ts";
import { domainChecks } from "./domain-checks.ts";
import { type Check, type CheckResult, notChecked, runCheck } from "./finding.ts";
import { awsCliCheck, dockerCheck, type Machine, machineChecks } from "./machine-checks.ts";
import { alarmRecipientsCheck } from "./notification-checks.ts";
import { quotaChecks } from "./quota-checks.ts";
import { stateChecks } from "./state-checks.ts";
import { bucketNamesCheck, identityProviderChecks } from "./uniqueness-checks.ts";

/** Checks the machine that runs the commands. @param folder the folder that a deployment writes to. */
export function diagnoseMachine(
  machine: Machine,
  folder: string,
  environment: EnvironmentData,
): AsyncGenerator<CheckResult> {
  const buildsImages = environment.name !== "local" && environment.parts.includes("sum");
  return runInOrder([
    ...machineChecks(machine, folder),
    ...(buildsImages ? [dockerCheck(machine)] : []),
    ...(environment.name === "local" ? [awsCliCheck(machine)] : []),
  ]);
}

/** Checks the environment's AWS; yields each result as soon as it is available. */
export async function* diagnose({ environment, stacks, aws, nameServers }: DoctorContext): AsyncGenerator<CheckResult> {
  if ("unreachable" in aws) {
    yield { check: "AWS", ...notChecked(aws.unreachable) };
    return;
  }
  const { account, states } = aws;
  const identity = await runCheck(identityCheck(account, environment));
  yield* identity;
  const checks = [
    ...regionChecks(account, environment),
    concurrencyCheck(account, environment),
    ...quotaChecks(account, stacks),
    bucketNamesCheck(account, stacks),
    ...identityProviderChecks(account, stacks),
    ...domainChecks(account, environment, nameServers),
    alarmRecipientsCheck(account, environment),
    ...stateChecks(states, environment.name),
  ];
  if (identity.some(({ status }) => status === "ok")) yield* runInOrder(checks);
  else for (const { name } of checks) yield { check: name, ...notChecked("the credentials are not valid here") };
}

/** Runs the checks concurrently and yields their results in the given order. */
async function* runInOrder(checks: readonly Check[]): AsyncGenerator<CheckResult> {
  for (const results of checks.map(runCheck)) yield* await results;
}
