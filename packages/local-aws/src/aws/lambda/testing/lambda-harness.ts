import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { CREDENTIALS, openAccess } from "../../../gateway/testing/served-service.ts";
import type { Attributes, TerraformParts } from "../../../provider/resource-handler.ts";
import { ManagedResources } from "../../../provider/testing/managed-resources.ts";
import { arn, REGION } from "../../../runtime/account.ts";
import { systemClock } from "../../../runtime/clock.ts";
import { Processes } from "../../../runtime/processes.ts";
import { Logs } from "../../logs/logs.ts";
import type { RecordReceiver } from "../../logs/subscribed-streams.ts";
import type { QueueConsumer } from "../../sqs/consumer.ts";
import type { SegmentDocument } from "../../xray/segment.ts";
import { Lambda, type LambdaOptions } from "../lambda.ts";

/** For SDK clients of the harness. */
export interface ClientConfiguration {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: typeof CREDENTIALS;
}

export interface DeliveredMessage {
  readonly targetArn: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>> | undefined;
}

const access = openAccess();

const emptyQueues: QueueConsumer = {
  receive: (_, { signal }) => new Promise((resolve) => signal.addEventListener("abort", () => resolve([]))),
  delete: () => {},
};

/** Lambda and CloudWatch Logs on an endpoint and a data folder, which {@link LambdaHarness.restart} keeps. */
export class LambdaHarness {
  readonly directory = mkdtempSync(join(tmpdir(), "lambda-"));
  readonly delivered: DeliveredMessage[] = [];
  readonly segments: SegmentDocument[] = [];
  readonly resources: ManagedResources;
  readonly #overrides: Partial<LambdaOptions>;
  readonly #server: Server;
  readonly #configurations = new WeakMap<Attributes, Attributes>();
  #processes: Processes;
  logs: Logs;
  /** Receives the records of subscription filters. */
  firehose: RecordReceiver = {
    putRecord: () => {
      throw new Error("The harness has no delivery streams.");
    },
  };
  lambda: Lambda;

  constructor(overrides: Partial<LambdaOptions> = {}) {
    this.#overrides = overrides;
    this.#processes = this.#openProcesses();
    this.logs = this.#openLogs();
    this.lambda = this.#openLambda();
    this.resources = new ManagedResources(this.#terraform);
    this.#server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
      const service = request.headers.authorization?.includes("/logs/") ? this.logs.service : this.lambda.service;
      void service.handle(request, response);
    });
  }

  async listen(): Promise<ClientConfiguration> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    this.#resume();
    return { endpoint: this.endpoint, region: REGION, credentials: CREDENTIALS };
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Creates a resource and returns its state. */
  create(type: string, configuration: Attributes): Promise<Attributes> {
    return this.#apply(type, configuration);
  }

  /** Updates a resource that was created here, and returns its new state. */
  update(type: string, prior: Attributes, changes: Attributes): Promise<Attributes> {
    return this.#apply(type, { ...this.#configurations.get(prior), ...changes }, prior);
  }

  /** Plans an update of a resource that was created here. */
  plan(type: string, prior: Attributes, changes: Attributes): Attributes {
    return this.resources.plan(type, { ...this.#configurations.get(prior), ...changes }, prior);
  }

  /**
   * Creates a function.
   *
   * @param source content of `index.mjs` in the package.
   */
  deploy(functionName: string, source: string, changes: Attributes = {}): Promise<Attributes> {
    return this.create("aws_lambda_function", {
      function_name: functionName,
      filename: this.zip({ "index.mjs": source }),
      handler: "index.handler",
      runtime: "nodejs24.x",
      role: arn("iam", `role/${functionName}`, "global"),
      timeout: 10,
      memory_size: 256,
      ...changes,
    });
  }

  /** Writes a zip file and returns its path. */
  zip(files: Readonly<Record<string, string>>): string {
    const path = join(this.directory, `${crypto.randomUUID()}.zip`);
    writeFileSync(
      path,
      zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)]))),
    );
    return path;
  }

  /** All messages in the log group of a function. */
  logged(functionName: string): string {
    return this.logs.messages(`/aws/lambda/${functionName}`).join("");
  }

  /** Closes the services and opens new ones with the same data folder and resources. */
  async restart(): Promise<void> {
    await this.#closeServices();
    this.#processes = this.#openProcesses();
    this.logs = this.#openLogs();
    this.lambda = this.#openLambda();
    await this.resources.restart(this.#terraform);
    this.#resume();
  }

  async close(): Promise<void> {
    await this.#closeServices();
    this.resources.close();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    rmSync(this.directory, { recursive: true, force: true });
  }

  async #apply(type: string, configuration: Attributes, prior?: Attributes): Promise<Attributes> {
    const state = await this.resources.apply(type, configuration, prior);
    this.#configurations.set(state, configuration);
    return state;
  }

  get #terraform(): TerraformParts {
    return { resources: [this.lambda, this.logs].flatMap(({ terraform }) => terraform.resources ?? []) };
  }

  #resume(): void {
    this.lambda.resume();
    this.logs.resume();
  }

  async #closeServices(): Promise<void> {
    await this.logs.suspend();
    await this.lambda.close();
    this.logs.close();
    await this.#processes.close();
  }

  #openProcesses(): Processes {
    return new Processes(join(this.directory, "processes.journal"));
  }

  #openLogs(): Logs {
    return new Logs({
      directory: join(this.directory, "logs"),
      access,
      clock: systemClock,
      lambda: () => this.lambda,
      firehose: () => this.firehose,
    });
  }

  #openLambda(): Lambda {
    return new Lambda({
      directory: join(this.directory, "lambda"),
      access,
      processes: this.#processes,
      logs: this.logs,
      clock: systemClock,
      endpoint: () => this.endpoint,
      credentialsFor: (_, sessionName) => ({ ...CREDENTIALS, sessionToken: `session of ${sessionName}` }),
      deliver: (targetArn, body, attributes) => void this.delivered.push({ targetArn, body, attributes }),
      queues: emptyQueues,
      readObject: () => {
        throw new Error("The harness has no buckets.");
      },
      retryDelays: [1, 1],
      metrics: { put: () => {} },
      segments: { put: (segment) => void this.segments.push(segment) },
      ...this.#overrides,
    });
  }
}
