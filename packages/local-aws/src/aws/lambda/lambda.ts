import { join } from "node:path";
import { type Access, restService } from "../../gateway/protocol.ts";
import type { AwsService } from "../../gateway/service.ts";
import { CodeStore } from "../../processes/code-store.ts";
import type { TerraformParts } from "../../provider/resource-handler.ts";
import type { Clock } from "../../runtime/clock.ts";
import { AwsError } from "../../runtime/error.ts";
import type { Processes } from "../../runtime/processes.ts";
import type { TrafficObserver } from "../../runtime/traffic.ts";
import type { MetricSink } from "../cloudwatch/metric-sink.ts";
import type { SessionCredentials } from "../iam/access-control.ts";
import { roleCaller } from "../iam/role-caller.ts";
import type { LogSink } from "../logs/log-sink.ts";
import type { ReadObject } from "../s3/object-reader.ts";
import type { QueueConsumer } from "../sqs/consumer.ts";
import type { SegmentSink } from "../xray/segment-sink.ts";
import { AsyncQueue, type Deliver } from "./async-queue.ts";
import { EventInvokeConfigs } from "./event-invoke-configs.ts";
import { EventSourceMappings } from "./event-source-mappings.ts";
import { FunctionInvoker } from "./function-invoker.ts";
import { parseFunctionName } from "./function-name.ts";
import { FunctionRegistry } from "./function-registry.ts";
import { FunctionRunner } from "./function-runner.ts";
import type { FunctionPermissions, Invocation, InvocationResult, InvocationSource, LambdaInvoker } from "./invoker.ts";
import { lambdaOperations } from "./operations/index.ts";
import { Permissions } from "./permissions.ts";
import { ROUTES } from "./routes.ts";
import { lambdaTerraform } from "./terraform/index.ts";

/** One minute, then two: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
const RETRY_DELAYS_MS = [60_000, 120_000];
const IDLE_LIMIT_MS = 600_000;

export interface LambdaOptions {
  /** The folder in which packages, versions, aliases and accepted events are stored. */
  readonly directory: string;
  readonly access: Access;
  readonly processes: Processes;
  readonly logs: LogSink;
  readonly clock: Clock;
  /** URL of the gateway, for the AWS SDK in functions. */
  readonly endpoint: () => string;
  /** Creates a session of the function's role. */
  readonly credentialsFor: (roleArn: string, sessionName: string) => SessionCredentials;
  /** Sends a message to a queue or topic: a failure destination or a dead-letter queue. */
  readonly deliver: Deliver;
  /** The event sources of event source mappings. */
  readonly queues: QueueConsumer;
  /** For deployment packages in a bucket. */
  readonly readObject: ReadObject;
  /**
   * Local ports of public servers, by their `host:port`. Functions connect to them under the names of the public
   * servers.
   */
  readonly localHosts?: () => Readonly<Record<string, number>>;
  readonly metrics: MetricSink;
  /** Receives the segments of functions with active tracing. */
  readonly segments: SegmentSink;
  /** Returns the address of the X-Ray daemon, for functions. */
  readonly xrayDaemon?: () => string | undefined;
  /** Called for each invocation that failed. */
  readonly onFunctionFailure?: TrafficObserver["onFunctionFailure"];
  /** Returns a number from 0 (inclusive) to 1. Default `Math.random`. */
  readonly random?: () => number;
  /** Milliseconds before the retries of an asynchronous invocation. */
  readonly retryDelays?: readonly number[];
  /** Milliseconds after which an unused execution environment ends. */
  readonly idleLimit?: number;
}

/**
 * Lambda: functions in sandboxed processes, with versions, aliases, permissions, asynchronous events and event sources.
 */
export class Lambda implements LambdaInvoker, FunctionPermissions {
  readonly service: AwsService;
  readonly terraform: TerraformParts;
  readonly #code: CodeStore;
  readonly #registry: FunctionRegistry;
  readonly #runner: FunctionRunner;
  readonly #events: AsyncQueue;
  readonly #invoker: FunctionInvoker;
  readonly #mappings: EventSourceMappings;

  constructor(options: LambdaOptions) {
    const { directory, access, clock, metrics, queues, readObject, deliver, random = Math.random } = options;
    const code = new CodeStore(join(directory, "code"));
    const permissions = new Permissions();
    const eventInvokeConfigs = new EventInvokeConfigs();
    const registry = new FunctionRegistry(directory, random);
    const runner = new FunctionRunner({ ...options, code, idleLimit: options.idleLimit ?? IDLE_LIMIT_MS });
    const events: AsyncQueue = new AsyncQueue({
      path: join(directory, "events.journal"),
      clock,
      retryDelays: options.retryDelays ?? RETRY_DELAYS_MS,
      run: (invocation) => invoker.runAccepted(invocation),
      policyOf: (functionName, qualifier) => eventInvokeConfigs.policyOf(functionName, qualifier, registry),
      deliver(targetArn, body, attributes) {
        if (!targetArn.includes(":lambda:")) return deliver(targetArn, body, attributes);
        const { name, qualifier } = parseFunctionName(targetArn);
        events.accept(name, qualifier, body);
      },
    });
    const invoker = new FunctionInvoker({
      registry,
      permissions,
      runner,
      metrics,
      clock,
      onFailure: options.onFunctionFailure,
      segments: options.segments,
      maySendSegments: (roleArn) => isAllowed(access, roleArn, "xray:PutTraceSegments"),
      accept: (...event) => events.accept(...event),
    });
    const mappings = new EventSourceMappings({ queues, invoker, registry, access });
    const context = { registry, permissions, mappings, invoker, code, clock, readObject };
    this.#code = code;
    this.#registry = registry;
    this.#runner = runner;
    this.#events = events;
    this.#invoker = invoker;
    this.#mappings = mappings;
    this.service = restService(
      { signingName: "lambda", routes: ROUTES, operations: lambdaOperations(context) },
      access,
    );
    this.terraform = lambdaTerraform({ ...context, runner, eventInvokeConfigs });
  }

  invoke(invocation: Invocation): Promise<InvocationResult> {
    return this.#invoker.invoke(invocation);
  }

  checkPermission(functionName: string, source: InvocationSource): void {
    this.#invoker.checkPermission(functionName, source);
  }

  /**
   * Resumes accepted events and event sources, and deletes packages that no function uses. Call it once, after all
   * recorded resources are started.
   */
  resume(): void {
    this.#code.prune(this.#registry.packages());
    this.#events.resume();
    this.#mappings.resume();
  }

  /** Ends all execution environments. Accepted events are resumed at the next start. */
  async close(): Promise<void> {
    this.#events.close();
    const mappingsStopped = this.#mappings.close();
    await this.#runner.close();
    await mappingsStopped;
    this.#registry.close();
  }
}

/** Whether a role may do something that needs no resource. */
function isAllowed({ authorize }: Access, roleArn: string, action: string): boolean {
  try {
    authorize(roleCaller(roleArn, "lambda"), action, "*");
    return true;
  } catch (error) {
    if (error instanceof AwsError) return false;
    throw error;
  }
}
