import { type LocalAws, prepareDataFolder, startLocalAws } from "@nv-demo/local-aws";
import { localAwsOptions } from "../aws/local-aws-options.ts";
import { explainingLocalAws } from "../aws/local-deployment-error.ts";
import { deployTarget } from "../deploy/deploy-target.ts";
import { openProgress } from "../deploy/open-progress.ts";
import { dataDirectory } from "../paths/data-directory.ts";
import type { Stack } from "../synth/manifest.ts";
import { synthesize } from "../synth/synthesize.ts";
import { localTarget } from "../target/local-target.ts";
import { dashboardContent } from "./dashboard-content.ts";
import { findLocalEndpoints, readLocalEndpoints } from "./local-endpoints.ts";
import { runTranscript } from "./transcript.ts";
import { welcomeText } from "./welcome.ts";

export interface StartOptions {
  /** Runs the README's examples against the deployment and ends, instead of waiting for an interrupt. */
  readonly runExamples: boolean;
  /** Prints the addresses as one line of JSON. */
  readonly json: boolean;
}

/** Deploys every stack to this machine and keeps it running until it is interrupted. @returns the exit code. */
export async function startLocalDeployment({ runExamples, json }: StartOptions): Promise<number> {
  const running = runExamples ? await findLocalEndpoints() : undefined;
  if (running) return (await runTranscript(running, console.log)) ? 0 : 1;

  const startedAt = performance.now();
  await explainingLocalAws(() => prepareDataFolder(dataDirectory()));
  const stopping = interruption();
  const synthesized = synthesize();
  synthesized.catch(() => {}); // Awaited below, when the local AWS is running.
  const aws = await explainingLocalAws(() => startLocalAws(dataDirectory(), localAwsOptions()));
  try {
    const deployed = await deployAll(aws, await synthesized, stopping);
    if (!deployed || stopping.aborted) return 1;
    const endpoints = await readLocalEndpoints(aws);
    aws.setDashboard(dashboardContent(endpoints));
    if (runExamples) return (await runTranscript(endpoints, console.log)) ? 0 : 1;
    const seconds = (performance.now() - startedAt) / 1_000;
    console.log(json ? JSON.stringify(endpoints) : welcomeText(endpoints, seconds));
    await aborted(stopping);
    return 0;
  } finally {
    await aws.stop();
  }
}

async function deployAll(aws: LocalAws, stacks: readonly Stack[], stopping: AbortSignal): Promise<boolean> {
  const progress = openProgress(stacks, false);
  const target = localTarget(aws, stacks);
  stopping.addEventListener("abort", () => target.terraform.stop());
  const succeeded = await deployTarget(target, stacks, progress);
  progress.report();
  return succeeded;
}

/** Aborted by SIGINT, SIGTERM or SIGHUP, or when the launcher has terminated. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => controller.abort());
  process.on("disconnect", () => controller.abort());
  return controller.signal;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
