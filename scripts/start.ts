import { InstanceRunningError, type LocalAws, startLocalAws } from "@nv-demo/local-aws";
import { deployTarget } from "../tools/deploy/deploy-target.ts";
import { StackLines } from "../tools/deploy/progress.ts";
import { localAwsOptions } from "../tools/local/local-aws-options.ts";
import { findLocalEndpoints, type LocalEndpoints, readLocalEndpoints } from "../tools/local/local-endpoints.ts";
import { localTarget } from "../tools/local/open-local-target.ts";
import { curlLines, tryTranscript } from "../tools/local/transcript.ts";
import type { Stack } from "../tools/synth/manifest.ts";
import { dataDirectory, outputDirectory } from "../tools/synth/settings.ts";
import { SynthesisError, synthesize } from "../tools/synth/synthesize.ts";

/**
 * `npm start`: deploys every stack to this machine and keeps it running until Ctrl-C.
 *
 *   --try   runs the README's transcript against it, shows every answer, and ends with 0 or 1
 *   --json  prints what the addresses are as one line of JSON, for programs
 */
const options = new Set(process.argv.slice(2));
const unknown = [...options].filter((option) => option !== "--try" && option !== "--json");
if (unknown.length > 0) {
  console.error(`npm start knows --try and --json, not ${unknown.join(" ")}`);
  process.exit(2);
}

const running = options.has("--try") ? await findLocalEndpoints() : undefined;
if (running) process.exit((await tryTranscript(running, console.log)) ? 0 : 1);

const startedAt = performance.now();
const stopping = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stopping.abort());
process.on("disconnect", () => stopping.abort()); // the launcher is gone

process.exit(await main());

async function main(): Promise<number> {
  let aws: LocalAws;
  const synthesized = synthesize();
  synthesized.catch(() => {}); // awaited below, once AWS is there
  try {
    aws = await startLocalAws(dataDirectory(), localAwsOptions());
  } catch (error) {
    if (!(error instanceof InstanceRunningError)) throw error;
    console.error(error.message);
    return 1;
  }
  try {
    const deployed = await deployAll(aws, await synthesized);
    if (!deployed || stopping.signal.aborted) return 1;
    const deployment = await readLocalEndpoints(aws);
    if (options.has("--try")) return (await tryTranscript(deployment, console.log)) ? 0 : 1;
    console.log(options.has("--json") ? JSON.stringify(deployment) : welcome(deployment));
    await aborted(stopping.signal);
    return 0;
  } catch (error) {
    if (!(error instanceof SynthesisError)) throw error;
    console.error(error.message);
    return 1;
  } finally {
    await aws.stop();
  }
}

async function deployAll(aws: LocalAws, stacks: Stack[]): Promise<boolean> {
  const progress = new StackLines(
    stacks.map(({ name }) => name),
    process.stderr,
  );
  const target = localTarget(aws, stacks);
  stopping.signal.addEventListener("abort", () => target.terraform.stop());
  const succeeded = await deployTarget(target, stacks, progress);
  progress.report();
  return succeeded;
}

function welcome(deployment: LocalEndpoints): string {
  const { uploadExample, list, download, upload } = curlLines(deployment);
  const exports = Object.entries(deployment.awsVariables).map(([name, value]) => `  export ${name}=${value}`);
  return [
    "",
    `Deployed in ${((performance.now() - startedAt) / 1000).toFixed(1)} s. Everything runs on this machine; Ctrl-C stops it and keeps the data.`,
    "",
    `  Files API  ${deployment.apiUrl}`,
    `  user       ${deployment.username}`,
    `  password   ${deployment.password}`,
    "",
    "Try it (npm start -- --try does it for you):",
    "",
    "  echo 'The quick brown fox' | tee example anotherfile",
    `  ${uploadExample}`,
    `  ${list}`,
    `  ${download}`,
    `  ${upload}`,
    "",
    ...part(
      deployment.releasesUrls.live,
      "Releases (npm run release -- status, promote, canary, rollback, history, prune):",
      (url) => [`curl -s ${url}/build-info`],
    ),
    ...part(deployment.helloUrls.live, "Hello (npm run hello exports and erases what it knows of a person):", (url) => [
      `curl -s -XPUT ${url}/hello/Ada -d '{"dateOfBirth":"1990-12-10"}'`,
      `curl -s ${url}/hello/Ada`,
    ]),
    ...part(deployment.shoutUrl, "Shout (npm run shout asks for more):", (url) => [
      `curl -s -d '{"data":"hello"}' ${url}`,
    ]),
    ...part(deployment.sumUrl, "Sum, in a browser (npm run load shows how it scales):", (url) => [url]),
    "The AWS CLI and SDKs, in another terminal:",
    "",
    ...exports,
    '  aws lambda invoke --function-name nv-demo-postgres-init --cli-binary-format raw-in-base64-out --payload \'{"name": "init"}\' /dev/stdout',
    "  aws logs tail /aws/lambda/nv-demo-postgres-init",
    "",
    "Terraform, attached:",
    "",
    `  npm run local -- terraform -chdir=${outputDirectory().replace(`${process.cwd()}/`, "")}/stacks/vpc state list`,
    "",
  ].join("\n");
}

/** What is shown of a part, unless the environment leaves it out. */
function part(url: string | undefined, title: string, lines: (url: string) => readonly string[]): string[] {
  return url ? [title, "", ...lines(url).map((line) => `  ${line}`), ""] : [];
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
