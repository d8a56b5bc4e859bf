import type { ChildProcess } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { Clock } from "../../../runtime/clock.ts";
import type { Processes } from "../../../runtime/processes.ts";
import type { FunctionConfiguration } from "../configuration.ts";
import { type EnvironmentSettings, environmentVariables } from "./environment-variables.ts";
import type { InvocationLog } from "./invocation-log.ts";
import { errorTypeOf, type Outcome, outcomeOf, reportedStatus, type Signal } from "./outcome.ts";
import { residentMemory } from "./resident-memory.ts";
import { RuntimeApi } from "./runtime-api.ts";

/**
 * 10 s for the code outside of the handler:
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
const INIT_LIMIT_MS = 10_000;
const MEMORY_CHECK_INTERVAL_MS = 50;
const RUNTIME_INTERFACE_CLIENT = createRequire(import.meta.url).resolve("aws-lambda-ric");
const PRELOAD = fileURLToPath(new URL("./preload.mjs", import.meta.url));

export interface EnvironmentRequest {
  readonly requestId: string;
  /** JSON text. */
  readonly payload: string;
  readonly invokedFunctionArn: string;
  /** JSON text. */
  readonly clientContext?: string | undefined;
  /** The tracing header for the function. */
  readonly traceHeader: string;
  /** The segment of the function; undefined when the invocation is not traced. */
  readonly segmentId: string | undefined;
}

export interface ExecutionEnvironmentOptions {
  readonly configuration: FunctionConfiguration;
  readonly settings: Omit<EnvironmentSettings, "runtimeApi">;
  readonly log: InvocationLog;
  readonly processes: Processes;
  readonly clock: Clock;
}

/**
 * A process that runs one version of a function, one invocation at a time, and is frozen (SIGSTOP) between invocations,
 * as on Lambda. It starts with its first invocation and ends by {@link ExecutionEnvironment.end}, or when the function
 * exits, times out or exceeds its memory.
 */
export class ExecutionEnvironment {
  readonly #configuration: FunctionConfiguration;
  readonly #settings: Omit<EnvironmentSettings, "runtimeApi">;
  readonly #log: InvocationLog;
  readonly #processes: Processes;
  readonly #clock: Clock;
  readonly #api: RuntimeApi;
  #child: ChildProcess | undefined;
  #exited: Promise<void> = Promise.resolve();
  #ended = false;
  /** The result of the current invocation; final when the runtime requests the next invocation. */
  #result: Signal = { kind: "ready" };
  #respondedAt: number | undefined;
  /** Set while a caller waits for the process. */
  #resolve: ((signal: Signal) => void) | undefined;
  #maxMemory = 0;

  constructor({ configuration, settings, log, processes, clock }: ExecutionEnvironmentOptions) {
    this.#configuration = configuration;
    this.#settings = settings;
    this.#log = log;
    this.#processes = processes;
    this.#clock = clock;
    this.#api = new RuntimeApi({
      next: () => this.#resolve?.(this.#result),
      response: (_, payload) => this.#setResult({ kind: "response", payload }),
      responseTooLarge: () => this.#setResult({ kind: "too-large" }),
      error: (_, payload) => this.#setResult({ kind: "error", payload }),
      initError: (payload) => this.#resolve?.({ kind: "init-error", payload }),
    });
  }

  /** Whether it cannot run further invocations. */
  get ended(): boolean {
    return this.#ended;
  }

  async invoke(request: EnvironmentRequest): Promise<Outcome> {
    const cold = this.#child === undefined;
    const initStartedAt = cold ? this.#clock.now() : undefined;
    const initStarted = performance.now();
    const initialized: Signal = cold ? await this.#initialize() : { kind: "ready" };
    const initDuration = cold ? performance.now() - initStarted : undefined;
    this.#log.start(request.requestId, this.#settings.version);
    const startedAt = this.#clock.now();
    this.#respondedAt = undefined;
    const started = performance.now();
    const signal = initialized.kind === "ready" ? await this.#run(request) : initialized;
    const duration = performance.now() - started;
    const endedAt = this.#clock.now();
    const phases = { initStartedAt, startedAt, respondedAt: this.#respondedAt ?? endedAt, endedAt };
    if (signal.kind === "timeout")
      this.#log.timedOut(request.requestId, this.#configuration.timeout, this.#clock.now());
    const outcome = outcomeOf(signal, request.requestId, this.#configuration.timeout);
    await this.#log.report({
      requestId: request.requestId,
      duration,
      initDuration,
      memorySize: this.#configuration.memorySize,
      maxMemoryUsed: this.#measureMemory(),
      ...reportedStatus(signal),
      tracing: request.segmentId === undefined ? undefined : { ...request, segmentId: request.segmentId },
    });
    const survives = signal.kind === "response" || signal.kind === "error" || signal.kind === "too-large";
    if (survives && !this.#ended) this.#signal("SIGSTOP");
    else await this.end();
    return { ...outcome, logTail: this.#log.tail, phases };
  }

  /** Kills the process, if it runs, and deletes its files. Resolves when it has exited. */
  async end(): Promise<void> {
    this.#ended = true;
    this.#signal("SIGKILL");
    await this.#exited;
    this.#api.close();
    rmSync(this.#settings.temporaryDirectory, { recursive: true, force: true });
  }

  /**
   * Starts the process and waits until the module of the function is loaded. A start that takes longer than 10 s is
   * repeated once, with the timeout of the function, as on Lambda.
   */
  async #initialize(): Promise<Signal> {
    const runtimeApi = await this.#api.listen();
    let signal: Signal = { kind: "timeout" };
    for (const limit of [INIT_LIMIT_MS, this.#configuration.timeout * 1000]) {
      const started = performance.now();
      this.#spawn(runtimeApi);
      signal = await this.#wait(limit);
      if (signal.kind === "ready") return signal;
      this.#log.initReport(
        performance.now() - started,
        signal.kind === "timeout" ? "timeout" : "error",
        errorTypeOf(signal),
      );
      this.#signal("SIGKILL");
      await this.#exited;
      if (signal.kind !== "timeout") break;
    }
    return signal;
  }

  #spawn(runtimeApi: string): void {
    const { memorySize } = this.#configuration;
    const { taskRoot, temporaryDirectory } = this.#settings;
    mkdirSync(temporaryDirectory, { recursive: true });
    this.#log.initStart(`nodejs:${process.versions.node}`);
    const child = this.#processes.spawn(
      process.execPath,
      [
        // The same fractions of the memory as in the bootstrap script of Lambda.
        `--max-old-space-size=${Math.floor(memorySize * 0.9)}`,
        `--max-semi-space-size=${Math.max(1, Math.floor(memorySize * 0.05))}`,
        "--import",
        PRELOAD,
        RUNTIME_INTERFACE_CLIENT,
      ],
      {
        cwd: taskRoot,
        env: environmentVariables(this.#configuration, { ...this.#settings, runtimeApi }),
        stdio: ["ignore", "pipe", "pipe"],
        // A separate process group, which is frozen and killed as a whole and does not receive Ctrl-C from the
        // terminal.
        detached: true,
      },
    );
    this.#child = child;
    if (child.stdout) this.#log.follow("stdout", child.stdout);
    if (child.stderr) this.#log.follow("stderr", child.stderr);
    child.once("exit", () => this.#signal("SIGKILL", child));
    this.#exited = new Promise((resolve) => {
      const finish = (code: number | null, signal: NodeJS.Signals | null) => {
        resolve();
        if (this.#child !== child) return;
        if (this.#resolve) this.#resolve({ kind: "exit", code, signal });
        else this.#ended = true; // Killed by another process while it was idle.
      };
      child.once("close", finish);
      child.once("error", () => finish(1, null));
    });
  }

  async #run(request: EnvironmentRequest): Promise<Signal> {
    const { requestId, payload, invokedFunctionArn, clientContext, traceHeader } = request;
    this.#result = { kind: "ready" };
    this.#signal("SIGCONT");
    const limit = this.#configuration.timeout * 1000;
    const headers = {
      "lambda-runtime-aws-request-id": requestId,
      "lambda-runtime-deadline-ms": String(this.#clock.now() + limit),
      "lambda-runtime-invoked-function-arn": invokedFunctionArn,
      "lambda-runtime-trace-id": traceHeader,
      ...(clientContext !== undefined && { "lambda-runtime-client-context": clientContext }),
    };
    const done = this.#wait(limit);
    this.#api.deliver(headers, payload);
    const signal = await done;
    if (signal.kind === "timeout" || signal.kind === "out-of-memory") {
      this.#signal("SIGKILL");
      await this.#exited;
    }
    return signal;
  }

  #wait(limit: number): Promise<Signal> {
    return new Promise((resolve) => {
      const finish = (signal: Signal) => {
        clearTimeout(timer);
        clearInterval(memory);
        this.#resolve = undefined;
        resolve(signal);
      };
      const timer = setTimeout(() => finish({ kind: "timeout" }), limit);
      const memory = setInterval(() => {
        if (this.#measureMemory() > this.#configuration.memorySize) finish({ kind: "out-of-memory" });
      }, MEMORY_CHECK_INTERVAL_MS);
      this.#resolve = finish;
    });
  }

  #setResult(result: Signal): void {
    this.#respondedAt = this.#clock.now();
    this.#result = result;
  }

  /** The maximum so far, in MB. */
  #measureMemory(): number {
    const used = this.#child?.pid === undefined ? undefined : residentMemory(this.#child.pid);
    this.#maxMemory = Math.max(this.#maxMemory, used ?? 0);
    return this.#maxMemory;
  }

  #signal(name: NodeJS.Signals, child = this.#child): void {
    if (child?.pid === undefined) return;
    try {
      process.kill(-child.pid, name);
    } catch {
      // The process group has exited.
    }
  }
}
