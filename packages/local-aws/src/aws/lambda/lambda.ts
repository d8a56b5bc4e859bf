import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { type Access, restService } from "../../gateway/protocol.ts";
import type { AwsService } from "../../gateway/service.ts";
import type { TerraformParts } from "../../provider/resource.ts";
import type { Clock } from "../../runtime/clock.ts";
import { AwsError } from "../../runtime/error.ts";
import type { Processes } from "../../runtime/processes.ts";
import type { MetricSink } from "../cloudwatch/metric-sink.ts";
import type { LogSink } from "../logs/log-sink.ts";
import type { QueueConsumer } from "../sqs/consumer.ts";
import { lambdaRoutes } from "./api.ts";
import { AsyncQueue, type Deliver } from "./async-queue.ts";
import { CodeStore } from "./code-store.ts";
import { EventInvokeConfigs } from "./event-invoke-configs.ts";
import { EventSourceMappings } from "./event-source-mappings.ts";
import { FunctionRegistry, type ResolvedFunction } from "./function-registry.ts";
import { FunctionRunner } from "./function-runner.ts";
import { countInvocation, countThrottle } from "./invocation-metrics.ts";
import type { FunctionPermissions, Invocation, InvocationResult, InvocationSource, LambdaInvoker } from "./invoker.ts";
import { Permissions } from "./permissions.ts";
import type { SessionCredentials } from "./sandbox/environment-variables.ts";
import { lambdaTerraform } from "./terraform/terraform.ts";

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html: 6 MB for a synchronous, 1 MB for an asynchronous invocation. */
const MAX_PAYLOAD_BYTES = { RequestResponse: 6_291_456, Event: 1_048_576 };
/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html: one minute, then two. */
const RETRY_DELAYS_MS = [60_000, 120_000];
const IDLE_LIMIT_MS = 600_000;

export interface LambdaOptions {
  /** Where packages, versions, aliases and accepted events are kept. */
  readonly directory: string;
  readonly access: Access;
  readonly processes: Processes;
  readonly logs: LogSink;
  readonly clock: Clock;
  /** URL of the gateway, for the AWS SDK inside the functions. */
  readonly endpoint: () => string;
  /** A session of the function's role. */
  readonly credentialsFor: (roleArn: string, sessionName: string) => SessionCredentials;
  /** Puts a message on a queue or a topic: failure destinations and dead-letter queues. */
  readonly deliver: Deliver;
  /** What event source mappings read. */
  readonly queues: QueueConsumer;
  /** Deployment packages that lie in a bucket. */
  readonly readObject: (bucket: string, key: string, versionId: string | undefined) => Promise<Uint8Array> | Uint8Array;
  /** Servers of the internet that are on this machine, as functions know them: `host:port` → port here. */
  readonly localHosts?: () => Readonly<Record<string, number>>;
  /** Where invocations are counted. */
  readonly metrics: MetricSink;
  readonly random?: () => number;
  /** Milliseconds before the retries of an asynchronous invocation. */
  readonly retryDelays?: readonly number[];
  /** Milliseconds after which an unused sandbox is ended. */
  readonly idleLimit?: number;
}

/** AWS Lambda: functions in sandboxed processes, with their versions, aliases, permissions, queues of events and event sources. */
export class Lambda implements LambdaInvoker, FunctionPermissions {
  readonly service: AwsService;
  readonly terraform: TerraformParts;
  readonly #code: CodeStore;
  readonly #metrics: MetricSink;
  readonly #registry: FunctionRegistry;
  readonly #permissions = new Permissions();
  readonly #runner: FunctionRunner;
  readonly #events: AsyncQueue;
  readonly #mappings: EventSourceMappings;

  constructor(options: LambdaOptions) {
    const { directory, access, clock, deliver, random = Math.random } = options;
    const code = new CodeStore(join(directory, "code"));
    this.#code = code;
    this.#metrics = options.metrics;
    const eventInvokeConfigs = new EventInvokeConfigs();
    this.#registry = new FunctionRegistry(directory, random);
    this.#runner = new FunctionRunner({ ...options, code, idleLimit: options.idleLimit ?? IDLE_LIMIT_MS });
    this.#events = new AsyncQueue({
      path: join(directory, "events.journal"),
      clock,
      retryDelays: options.retryDelays ?? RETRY_DELAYS_MS,
      run: async ({ functionName, qualifier, payload, requestId }) => {
        const target = this.#registry.resolve(functionName, qualifier);
        return this.#run(target, payload, requestId);
      },
      policyOf: (functionName, qualifier) => eventInvokeConfigs.policyOf(functionName, qualifier, this.#registry),
      deliver: (target, body, attributes) =>
        target.includes(":lambda:")
          ? void this.#events.accept(...eventTarget(target), body)
          : deliver(target, body, attributes),
    });
    this.#mappings = new EventSourceMappings({
      queues: options.queues,
      invoker: this,
      registry: this.#registry,
      access,
    });
    const parts = {
      registry: this.#registry,
      permissions: this.#permissions,
      mappings: this.#mappings,
      invoker: this,
      code,
      clock,
      readObject: options.readObject,
    };
    this.service = restService({ signingName: "lambda", routes: lambdaRoutes(parts) }, access);
    this.terraform = lambdaTerraform({
      ...parts,
      runner: this.#runner,
      eventInvokeConfigs,
    });
  }

  async invoke(invocation: Invocation): Promise<InvocationResult> {
    const { functionName, payload, type, source } = invocation;
    const target = this.#registry.resolve(functionName, invocation.qualifier);
    const { qualifier, configuration, invokedArn } = target;
    this.#permissions.check(configuration.functionName, qualifier, source, invokedArn);
    checkPayload(payload, type);
    if (type === "Event") {
      this.#events.accept(configuration.functionName, qualifier, payload);
      return { payload: "", executedVersion: target.version, logTail: "" };
    }
    return this.#run(target, payload, randomUUID(), invocation.clientContext);
  }

  checkPermission(functionName: string, source: InvocationSource): void {
    const { qualifier, configuration, invokedArn } = this.#registry.resolve(functionName);
    this.#permissions.check(configuration.functionName, qualifier, source, invokedArn);
  }

  /** Call once, when all recorded resources are started: takes up accepted events and event sources again, and frees what no function uses. */
  resume(): void {
    this.#code.prune(this.#registry.packages());
    this.#events.resume();
    this.#mappings.resume();
  }

  /** Ends every sandbox. Accepted events stay for the next start. */
  async close(): Promise<void> {
    this.#events.close();
    const mappingsStopped = this.#mappings.close();
    await this.#runner.close();
    await mappingsStopped;
    this.#registry.close();
  }

  async #run(
    target: ResolvedFunction,
    payload: string,
    requestId: string,
    clientContext?: string,
  ): Promise<InvocationResult> {
    const request = { requestId, payload, invokedFunctionArn: target.invokedArn, clientContext };
    const startedAt = performance.now();
    try {
      const outcome = await this.#runner.run(target, request);
      const Errors = outcome.functionError === undefined ? 0 : 1;
      countInvocation(this.#metrics, target, { Errors, Duration: performance.now() - startedAt });
      return { ...outcome, executedVersion: target.version };
    } catch (error) {
      if (error instanceof AwsError && error.status === 429) countThrottle(this.#metrics, target);
      throw error;
    }
  }
}

function eventTarget(functionArn: string): [functionName: string, qualifier: string | undefined] {
  const [, name = functionArn, qualifier] = /:function:([^:]+)(?::(.+))?$/.exec(functionArn) ?? [];
  return [name, qualifier];
}

function checkPayload(payload: string, type: Invocation["type"]): void {
  const bytes = Buffer.byteLength(payload);
  const limit = MAX_PAYLOAD_BYTES[type];
  if (bytes > limit) {
    throw new AwsError(
      "RequestEntityTooLargeException",
      `${bytes} byte payload is too large for the ${type} invocation type (limit ${limit} bytes)`,
      413,
    );
  }
  try {
    JSON.parse(payload);
  } catch (error) {
    throw new AwsError(
      "InvalidRequestContentException",
      `Could not parse request body into json: ${(error as Error).message}`,
    );
  }
}
