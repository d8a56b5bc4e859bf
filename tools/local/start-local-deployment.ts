import { type LocalAws, prepareDataFolder, startLocalAws } from "@nv-demo/local-aws";
import { localAwsOptions } from "../aws/local-aws-options.ts";
import { explainingLocalAws } from "../aws/local-deployment-error.ts";
import { interruption } from "../command-line/interruption.ts";
import { Steps } from "../command-line/terminal/steps.ts";
import { openTerminal } from "../command-line/terminal/terminal.ts";
import { dataDirectory } from "../paths/data-directory.ts";
import type { Stack } from "../synth/manifest.ts";
import { synthesizeWithSteps } from "../synth/synthesis-steps.ts";
import { localTarget } from "../target/local-target.ts";
import { removeStaleLocks } from "../target/stale-locks.ts";
import { SourceWatcher } from "../watch/source-watcher.ts";
import { dashboardContent } from "./dashboard-content.ts";
import { deployLocally } from "./deploy-locally.ts";
import { refuseSecondDeployment } from "./deployment-running.ts";
import { findLocalEndpoints, readLocalEndpoints } from "./local-endpoints.ts";
import { RequestLog } from "./request-log.ts";
import { Session } from "./session.ts";
import { runTranscript } from "./transcript.ts";

export interface StartOptions {
  /** Runs the README's examples against the deployment and ends, instead of waiting for an interrupt. */
  readonly runExamples: boolean;
  /** Prints the addresses as one line of JSON. */
  readonly json: boolean;
  /** Does not print requests. */
  readonly quiet: boolean;
  /** Deploys what is changed while it is running. */
  readonly watch: boolean;
}

/**
 * Deploys every stack to this machine and keeps it running until it is interrupted.
 *
 * @returns the exit code.
 * @throws DeploymentRunningError, InterruptedError, SynthesisError
 */
export async function startLocalDeployment({ runExamples, json, quiet, watch }: StartOptions): Promise<number> {
  const interrupted = interruption();
  const running = runExamples ? await findLocalEndpoints() : undefined;
  if (running) return (await runTranscript(running, console.log)) ? 0 : 1;

  await explainingLocalAws(() => prepareDataFolder(dataDirectory()));
  await refuseSecondDeployment(dataDirectory());
  const log = new RequestLog(openTerminal(process.stdout), { isEnabled: !json && !quiet && !runExamples });
  // From before the synthesis on, so that no change is missed.
  const watcher = watch && !runExamples ? new SourceWatcher() : undefined;
  try {
    return await deployAndRun({ interrupted, log, watcher, runExamples, json });
  } finally {
    await watcher?.close();
  }
}

type RunOptions = Pick<StartOptions, "runExamples" | "json"> & {
  readonly interrupted: AbortSignal;
  readonly log: RequestLog;
  readonly watcher: SourceWatcher | undefined;
};

async function deployAndRun({ interrupted, log, watcher, runExamples, json }: RunOptions): Promise<number> {
  const { aws, stacks } = await synthesizeAndStart(log);
  try {
    interrupted.throwIfAborted();
    await removeStaleLocks(localTarget(aws, stacks));
    const succeeded = await deployLocally(aws, stacks);
    interrupted.throwIfAborted();
    if (!succeeded) return 1;
    const endpoints = await readLocalEndpoints(aws);
    aws.setDashboard(dashboardContent(endpoints));
    if (runExamples) return (await runTranscript(endpoints, console.log)) ? 0 : 1;
    await new Session({ aws, log, endpoints, stacks, watcher, json }).run(interrupted);
    return 0;
  } finally {
    await aws.stop();
  }
}

/** Both at the same time. When one fails, the other is stopped. */
async function synthesizeAndStart(log: RequestLog): Promise<{ aws: LocalAws; stacks: readonly Stack[] }> {
  const steps = new Steps(openTerminal(process.stderr));
  const failed = new AbortController();
  try {
    const starting = steps.begin("Starting the local AWS");
    const synthesis = synthesizeWithSteps(steps, { signal: failed.signal });
    synthesis.catch(() => {}); // Awaited below, when the local AWS is running.
    const options = { ...localAwsOptions(), onRequest: log.onRequest, onFunctionFailure: log.onFunctionFailure };
    let aws: LocalAws;
    try {
      aws = await explainingLocalAws(() => startLocalAws(dataDirectory(), options));
    } catch (error) {
      failed.abort(error);
      await synthesis.catch(() => {});
      throw error;
    }
    starting.done("Started the local AWS");
    try {
      return { aws, stacks: await synthesis };
    } catch (error) {
      steps.close();
      await aws.stop();
      throw error;
    }
  } finally {
    steps.close();
  }
}
