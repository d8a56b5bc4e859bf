import { createHash, randomBytes, randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { CodeStore } from "../../processes/code-store.ts";
import type { Clock } from "../../runtime/clock.ts";
import type { Processes } from "../../runtime/processes.ts";
import type { MetricSink } from "../cloudwatch/metric-sink.ts";
import type { SessionCredentials } from "../iam/access-control.ts";
import type { LogSink } from "../logs/log-sink.ts";
import { EnvironmentPool } from "./environment-pool.ts";
import type { FunctionVersion } from "./function-version.ts";
import { publishConcurrency } from "./invocation-metrics.ts";
import { type EnvironmentRequest, ExecutionEnvironment } from "./sandbox/execution-environment.ts";
import { InvocationLog } from "./sandbox/invocation-log.ts";
import type { Outcome } from "./sandbox/outcome.ts";

export interface FunctionRunnerOptions {
  readonly directory: string;
  readonly code: CodeStore;
  readonly processes: Processes;
  readonly logs: LogSink;
  readonly metrics: MetricSink;
  readonly clock: Clock;
  readonly endpoint: () => string;
  readonly credentialsFor: (roleArn: string, sessionName: string) => SessionCredentials;
  readonly localHosts?: () => Readonly<Record<string, number>>;
  readonly xrayDaemon?: () => string | undefined;
  /** Milliseconds after which an idle environment ends. */
  readonly idleLimit: number;
}

/** Runs function versions in execution environments, with a pool for each function. */
export class FunctionRunner {
  readonly #options: FunctionRunnerOptions;
  readonly #temporaryDirectory: string;
  readonly #pools = new Map<string, EnvironmentPool>();

  constructor(options: FunctionRunnerOptions) {
    this.#options = options;
    this.#temporaryDirectory = join(options.directory, "tmp");
    rmSync(this.#temporaryDirectory, { recursive: true, force: true }); // From environments of an earlier process.
  }

  /** @throws AwsError `TooManyRequestsException` (429) at the reserved concurrency of the function. */
  run(target: FunctionVersion, request: EnvironmentRequest): Promise<Outcome> {
    const { functionName } = target.configuration;
    return this.#pool(functionName).run(keyOf(target), () => this.#createEnvironment(target), request);
  }

  /** @param reserved concurrency, or undefined for none. */
  reserve(functionName: string, reserved: number | undefined): void {
    this.#pool(functionName).reserve(reserved);
  }

  /** Ends the idle environments that run none of these versions. */
  retire(functionName: string, current: readonly FunctionVersion[]): void {
    const keys = new Set(current.map(keyOf));
    this.#pools.get(functionName)?.retire((key) => keys.has(key));
  }

  /** Ends the environments of a deleted function. */
  async delete(functionName: string): Promise<void> {
    const pool = this.#pools.get(functionName);
    this.#pools.delete(functionName);
    await pool?.close();
  }

  async close(): Promise<void> {
    await Promise.all([...this.#pools.keys()].map((functionName) => this.delete(functionName)));
  }

  #pool(functionName: string): EnvironmentPool {
    let pool = this.#pools.get(functionName);
    if (!pool) {
      const { idleLimit, metrics } = this.#options;
      pool = new EnvironmentPool({
        idleLimit,
        onStart: () => publishConcurrency(metrics, this.#executions, functionName),
      });
      this.#pools.set(functionName, pool);
    }
    return pool;
  }

  /** The number of concurrent executions of each function. */
  get #executions(): ReadonlyMap<string, number> {
    return new Map([...this.#pools].map(([functionName, { executions }]) => [functionName, executions]));
  }

  #createEnvironment({ version, configuration }: FunctionVersion): ExecutionEnvironment {
    const { code, processes, logs, clock, endpoint, credentialsFor } = this.#options;
    const { functionName, role, codeSha256, logging } = configuration;
    const logStream = logStreamName(clock.now(), version);
    return new ExecutionEnvironment({
      configuration,
      settings: {
        version,
        taskRoot: code.taskRoot(codeSha256),
        logStream,
        temporaryDirectory: join(this.#temporaryDirectory, randomUUID()),
        endpoint: endpoint(),
        localHosts: this.#options.localHosts?.(),
        xrayDaemon: this.#options.xrayDaemon?.(),
        // Lambda names the session after the function.
        credentials: credentialsFor(role, functionName),
      },
      log: new InvocationLog((messages) => logs.write(logging.group, logStream, messages), logging.format),
      processes,
      clock,
    });
  }
}

/** `2026/11/21/[$LATEST]<32 hexadecimal digits>`. */
function logStreamName(now: number, version: string): string {
  const date = new Date(now).toISOString().slice(0, 10).replaceAll("-", "/");
  return `${date}/[${version}]${randomBytes(16).toString("hex")}`;
}

/** Environments are not reused after a change of code or configuration. */
function keyOf({ version, configuration }: FunctionVersion): string {
  return `${version} ${createHash("sha256").update(JSON.stringify(configuration)).digest("hex")}`;
}
