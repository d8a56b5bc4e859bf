import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { REGION } from "../../runtime/account.ts";
import type { Clock } from "../../runtime/clock.ts";
import type { Processes } from "../../runtime/processes.ts";
import type { SessionCredentials } from "../iam/access-control.ts";
import type { LogSink } from "../logs/log-sink.ts";
import type { Canary } from "./canary.ts";
import type { RunOutcome } from "./canary-run.ts";

const RUNTIME = fileURLToPath(new URL("./runtime.mjs", import.meta.url));
const PRELOAD = fileURLToPath(new URL("./preload.mjs", import.meta.url));

export interface CanaryRunnerOptions {
  readonly processes: Processes;
  readonly logs: LogSink;
  readonly clock: Clock;
  /** URL of the gateway, for the AWS SDK in scripts. */
  readonly endpoint: () => string;
  /** Creates a session of the canary's role. */
  readonly credentialsFor: (roleArn: string, sessionName: string) => SessionCredentials;
}

/** Runs canary scripts. Each run has its own process. */
export class CanaryRunner {
  readonly #options: CanaryRunnerOptions;
  readonly #running = new Set<ChildProcess>();

  constructor(options: CanaryRunnerOptions) {
    this.#options = options;
  }

  /** @param taskRoot folder of the unpacked zip. */
  async run(canary: Canary, taskRoot: string, runId: string): Promise<RunOutcome> {
    const temporaryDirectory = mkdtempSync(join(tmpdir(), "canary-"));
    const started = performance.now();
    const log = this.#log(canary, runId);
    log(`START RequestId: ${runId} Version: 1`);
    try {
      const outcome = await this.#runProcess(canary, taskRoot, temporaryDirectory, log);
      log(`END RequestId: ${runId}`);
      const duration = (performance.now() - started).toFixed(2);
      log(`REPORT RequestId: ${runId}\tDuration: ${duration} ms\tMemory Size: ${canary.memoryMb} MB`);
      return outcome;
    } finally {
      rmSync(temporaryDirectory, { recursive: true, force: true });
    }
  }

  /** Kills every run. */
  close(): void {
    for (const child of this.#running) kill(child);
  }

  #runProcess(
    canary: Canary,
    taskRoot: string,
    temporaryDirectory: string,
    log: (line: string) => void,
  ): Promise<RunOutcome> {
    const child = this.#options.processes.spawn(
      process.execPath,
      [`--max-old-space-size=${Math.floor(canary.memoryMb * 0.9)}`, "--import", PRELOAD, RUNTIME],
      {
        cwd: taskRoot,
        env: this.#environment(canary, taskRoot, temporaryDirectory),
        stdio: ["ignore", "pipe", "pipe", "ipc"],
        // A separate process group, which is killed as a whole and does not receive Ctrl-C from the terminal.
        detached: true,
      },
    );
    this.#running.add(child);
    for (const output of [child.stdout, child.stderr]) if (output) createInterface(output).on("line", log);
    return new Promise((resolve) => {
      let outcome: RunOutcome | undefined;
      const timer = setTimeout(() => {
        outcome = executionFailure(`The canary timed out after ${canary.timeoutSeconds} seconds.`);
        kill(child);
      }, canary.timeoutSeconds * 1_000).unref();
      child.once("message", (message) => {
        outcome ??= outcomeOf(message as { passed: boolean; reason?: string });
      });
      const finish = (reason: string) => {
        clearTimeout(timer);
        this.#running.delete(child);
        kill(child);
        resolve(outcome ?? executionFailure(reason));
      };
      child.once("error", (error) => finish(error.message));
      child.once("close", (code, signal) =>
        finish(`The process of the canary exited too early (${signal ?? `exit status ${code}`}).`),
      );
    });
  }

  #environment(canary: Canary, taskRoot: string, temporaryDirectory: string): Record<string, string> {
    const credentials = this.#options.credentialsFor(canary.executionRoleArn, canary.functionName);
    return {
      PATH: "/usr/local/bin:/usr/bin:/bin",
      LANG: "en_US.UTF-8",
      TZ: ":UTC",
      TMPDIR: temporaryDirectory,
      ...canary.environment,
      LAMBDA_TASK_ROOT: taskRoot,
      _HANDLER: canary.handler,
      AWS_LAMBDA_FUNCTION_NAME: canary.functionName,
      AWS_REGION: REGION,
      AWS_DEFAULT_REGION: REGION,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_SESSION_TOKEN: credentials.sessionToken,
      AWS_ENDPOINT_URL: this.#options.endpoint(),
    };
  }

  #log({ functionName }: Canary, runId: string): (line: string) => void {
    const { logs, clock } = this.#options;
    const day = new Date(clock.now()).toISOString().slice(0, 10).replaceAll("-", "/");
    const stream = `${day}/[1]${runId.replaceAll("-", "")}`;
    return (line) => logs.write(`/aws/lambda/${functionName}`, stream, [`${line}\n`]);
  }
}

function outcomeOf({ passed, reason = "" }: { passed: boolean; reason?: string }): RunOutcome {
  return passed ? { state: "PASSED" } : { state: "FAILED", reason, reasonCode: "CANARY_FAILURE" };
}

function executionFailure(reason: string): RunOutcome {
  return { state: "FAILED", reason, reasonCode: "EXECUTION_FAILURE" };
}

/** Kills the process group of a run. */
function kill({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  } catch {
    // The process group has exited.
  }
}
