import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { CREDENTIALS, openAccess } from "../../../gateway/testing/served-service.ts";
import type { Attributes, ResourceContext, ResourceHandler } from "../../../provider/resource.ts";
import { UNKNOWN, Unknown } from "../../../provider/unknown.ts";
import { ACCOUNT_ID, REGION } from "../../../runtime/account.ts";
import { systemClock } from "../../../runtime/clock.ts";
import { Processes } from "../../../runtime/processes.ts";
import { Logs } from "../../logs/logs.ts";
import type { QueueConsumer } from "../../sqs/consumer.ts";
import { Lambda, type LambdaOptions } from "../lambda.ts";

/** For SDK clients of the harness's gateway. */
export interface ClientConfiguration {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: typeof CREDENTIALS;
}

export interface Delivered {
  readonly targetArn: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>> | undefined;
}

const access = openAccess();

const noQueues: QueueConsumer = {
  receive: (_, { signal }) => new Promise((resolve) => signal.addEventListener("abort", () => resolve([]))),
  delete: () => {},
};

/** Lambda and CloudWatch Logs behind a gateway of their own, on a data folder that outlives {@link restart}; Terraform played by hand. */
export class LambdaHarness {
  readonly directory = mkdtempSync(join(tmpdir(), "lambda-"));
  readonly delivered: Delivered[] = [];
  readonly #overrides: Partial<LambdaOptions>;
  readonly #server: Server;
  #processes: Processes;
  #recorded: { type: string; attributes: Attributes }[] = [];
  logs: Logs;
  lambda: Lambda;

  constructor(overrides: Partial<LambdaOptions> = {}) {
    this.#overrides = overrides;
    this.#processes = new Processes(join(this.directory, "processes.journal"));
    this.logs = this.#openLogs();
    this.lambda = this.#openLambda();
    this.#server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
      const service = request.headers.authorization?.includes("/logs/") ? this.logs.service : this.lambda.service;
      void service.handle(request, response);
    });
  }

  async listen(): Promise<ClientConfiguration> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    this.lambda.resume();
    return { endpoint: this.endpoint, region: REGION, credentials: CREDENTIALS };
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Creates a resource as the provider does, and returns its attributes. */
  async apply(type: string, attributes: Attributes): Promise<Attributes> {
    const handler = this.#handler(type);
    const context = contextOf(attributes);
    const planned = { ...attributes };
    handler.plan?.(planned, null, context);
    return this.#record(type, merge(planned, await handler.create?.(planned, context)));
  }

  /** Updates a resource from its attributes, and returns the new ones. */
  async change(type: string, prior: Attributes, changes: Attributes): Promise<Attributes> {
    const handler = this.#handler(type);
    const context = contextOf(changes);
    const planned = { ...prior, ...changes };
    handler.plan?.(planned, prior, context);
    this.#recorded = this.#recorded.filter(({ attributes }) => attributes !== prior);
    return this.#record(type, merge(planned, { ...prior, ...(await handler.update?.(planned, prior, context)) }));
  }

  async destroy(type: string, attributes: Attributes): Promise<void> {
    await this.#handler(type).delete?.(attributes);
    this.#recorded = this.#recorded.filter((record) => record.attributes !== attributes);
  }

  /** A function of this source, named `index.mjs` in its package. */
  deploy(functionName: string, source: string, attributes: Attributes = {}): Promise<Attributes> {
    return this.apply("aws_lambda_function", { ...this.functionAttributes(functionName, source), ...attributes });
  }

  functionAttributes(functionName: string, source: string): Attributes {
    return {
      function_name: functionName,
      filename: this.zip({ "index.mjs": source }),
      handler: "index.handler",
      runtime: "nodejs24.x",
      role: `arn:aws:iam::${ACCOUNT_ID}:role/${functionName}`,
      timeout: 10,
      memory_size: 256,
      publish: false,
      // as the planner leaves what Lambda computes
      architectures: UNKNOWN,
      code_sha256: UNKNOWN,
      source_code_size: UNKNOWN,
      source_code_hash: UNKNOWN,
    };
  }

  zip(files: Readonly<Record<string, string>>): string {
    const path = join(this.directory, `${crypto.randomUUID()}.zip`);
    writeFileSync(
      path,
      zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)]))),
    );
    return path;
  }

  /** Everything that was logged to a function's group. */
  logged(functionName: string): string {
    return this.logs.messages(`/aws/lambda/${functionName}`).join("");
  }

  /** The attributes of the last recorded resource of a type; what is changed in them counts from the next {@link restart}. */
  recorded(type: string): Attributes {
    return this.#recorded.findLast((record) => record.type === type)?.attributes ?? {};
  }

  /** A new process over the same data folder. */
  async restart(): Promise<void> {
    await this.#closeServices();
    this.#processes = new Processes(join(this.directory, "processes.journal"));
    this.logs = this.#openLogs();
    this.lambda = this.#openLambda();
    for (const { type, attributes } of this.#recorded) await this.#handler(type).start?.(attributes);
    this.lambda.resume();
  }

  async close(): Promise<void> {
    await this.#closeServices();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    rmSync(this.directory, { recursive: true, force: true });
  }

  async #closeServices(): Promise<void> {
    await this.lambda.close();
    this.logs.close();
    await this.#processes.close();
  }

  async #record(type: string, attributes: Attributes): Promise<Attributes> {
    await this.#handler(type).start?.(attributes);
    this.#recorded.push({ type, attributes });
    return attributes;
  }

  #handler(type: string): ResourceHandler {
    const handler = this.lambda.terraform.resources?.find((candidate) => candidate.type === type);
    if (!handler) throw new Error(`no handler for ${type}`);
    return handler;
  }

  #openLogs(): Logs {
    return new Logs({ directory: join(this.directory, "logs"), access, clock: systemClock });
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
      queues: noQueues,
      readObject: () => {
        throw new Error("no buckets here");
      },
      retryDelays: [1, 1],
      metrics: { put: () => {} },
      ...this.#overrides,
    });
  }
}

function contextOf(config: Attributes): ResourceContext {
  return { account: ACCOUNT_ID, region: REGION, config };
}

/** What was planned stays; what was not known takes the computed value. */
function merge(planned: Attributes, computed: Attributes = {}): Attributes {
  const known = Object.entries(planned).filter(([, value]) => value !== undefined && !(value instanceof Unknown));
  return { ...computed, ...Object.fromEntries(known) };
}
