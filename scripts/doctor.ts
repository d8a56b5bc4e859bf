import { Resolver } from "node:dns/promises";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { S3Client } from "@aws-sdk/client-s3";
import { STSClient } from "@aws-sdk/client-sts";
import { systemClock } from "../lib/time/clock.ts";
import { type Environment, EnvironmentError, type EnvironmentName } from "../stacks/environment/environment.ts";
import { environmentData } from "../stacks/environment/environments.ts";
import { readEnvironment } from "../stacks/environment/read-environment.ts";
import { clientOf, WrongAwsError } from "../tools/aws/open-aws.ts";
import { runCommand } from "../tools/command-line/command-line.ts";
import { readEnvironmentCommand } from "../tools/command-line/environment-command.ts";
import { AwsAccount } from "../tools/doctor/aws-account.ts";
import { diagnose, diagnoseMachine, type Patient } from "../tools/doctor/diagnose.ts";
import { fail, type Line, render, summary } from "../tools/doctor/finding.ts";
import { RecordedStates } from "../tools/doctor/recorded-states.ts";
import { SignedRequests } from "../tools/doctor/signed-requests.ts";
import { thisMachine } from "../tools/doctor/this-machine.ts";
import type { Stack } from "../tools/synth/manifest.ts";
import { dataDirectory, ROOT } from "../tools/synth/settings.ts";
import { SynthesizedStacks } from "../tools/synth/synthesized-stacks.ts";
import { withStacks } from "../tools/synth/with-stacks.ts";

/**
 * `npm run doctor -- [environment] [--json]`: looks, before a deployment, at everything that it needs, and says what to do. Changes nothing. Ends with 1
 * when something must be repaired.
 */
await runCommand(async () => {
  const { environment, values } = readEnvironmentCommand({ json: { type: "boolean" } });
  const lines: Line[] = [];
  await lookAt(environment, (line) => {
    lines.push(line);
    console.log(values.json ? JSON.stringify(line) : render(line));
  });
  if (!values.json) console.log(`\n${summary(lines)}`);
  return lines.some(({ status }) => status === "fail") ? 1 : 0;
});

async function lookAt(name: EnvironmentName, tell: (line: Line) => void): Promise<void> {
  const machine = thisMachine(process.env.NV_DEMO_USER_PATH ?? process.env.PATH ?? "");
  const folder = name === "local" ? dataDirectory() : ROOT;
  for await (const line of diagnoseMachine(machine, folder, environmentData(name))) tell(line);
  const environment = chosen(name);
  if (environment instanceof EnvironmentError) {
    tell({ check: "account", ...fail(`${name} has none`, environment.message) });
    return;
  }
  await withStacks({ NV_DEMO_ENVIRONMENT: name }, async (stacks) => {
    const synthesized = SynthesizedStacks.read(stacks);
    const patient = { environment, stacks: synthesized, aws: aws(environment, stacks), nameServers };
    for await (const line of diagnose(patient)) tell(line);
  });
}

function chosen(name: string): Environment | EnvironmentError {
  try {
    return readEnvironment({ ...process.env, NV_DEMO_ENVIRONMENT: name });
  } catch (error) {
    if (error instanceof EnvironmentError) return error;
    throw error;
  }
}

function aws(environment: Environment, stacks: readonly Stack[]): Patient["aws"] {
  try {
    const client = clientOf(environment);
    const s3 = new S3Client({ ...client, forcePathStyle: environment.s3Addressing === "path" });
    const sts = new STSClient(client);
    const account = new AwsAccount({
      accountId: environment.accountId,
      environment: environment.name,
      sts,
      s3,
      lambda: new LambdaClient(client),
      requests: new SignedRequests({
        region: client.region,
        endpoint: client.endpoint ?? process.env.AWS_ENDPOINT_URL, // as the SDK's clients do
        credentials: () => sts.config.credentials(),
        clock: systemClock,
      }),
    });
    return { account, states: new RecordedStates(s3, stacks) };
  } catch (error) {
    if (error instanceof WrongAwsError) return { unreachable: error.message };
    throw error;
  }
}

/** Of whom the world asks for the domain, as this machine's resolver says. */
async function nameServers(domain: string): Promise<readonly string[]> {
  try {
    return await new Resolver({ timeout: 3_000, tries: 2 }).resolveNs(domain);
  } catch (error) {
    if (["ENOTFOUND", "ENODATA"].includes(String((error as { code?: string }).code))) return [];
    throw error;
  }
}
