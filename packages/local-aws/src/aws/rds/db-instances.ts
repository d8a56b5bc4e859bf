import { join } from "node:path";
import { arn } from "../../runtime/account.ts";
import { AwsError } from "../../runtime/error.ts";
import { isFree, type Ports } from "../../runtime/ports.ts";
import type { Processes } from "../../runtime/processes.ts";
import type { LogSink } from "../logs/log-sink.ts";
import { DbInstance } from "./db-instance.ts";
import type { Parameter } from "./parameters.ts";
import { findPostgres, type PostgresBinaries } from "./postgres/binaries.ts";

export interface DbInstancesOptions {
  /** Where the databases are stored. */
  readonly directory: string;
  readonly processes: Processes;
  readonly ports: Ports;
  readonly logs: LogSink;
}

/** A DB instance and the attributes that Terraform recorded. */
export interface RecordedInstance {
  readonly instance: DbInstance;
  readonly attributes: Readonly<Record<string, unknown>>;
}

export const dbInstanceArn = (identifier: string): string => arn("rds", `db:${identifier}`);

/** All DB instances and the parameter groups that they use. */
export class DbInstances {
  readonly #options: DbInstancesOptions;
  readonly #instances = new Map<string, DbInstance>();
  readonly #recorded = new Map<string, RecordedInstance["attributes"]>();
  readonly #parameterGroups = new Map<string, readonly Parameter[]>();
  #binaries: PostgresBinaries | undefined;

  constructor(options: DbInstancesOptions) {
    this.#options = options;
  }

  /** Version of PostgreSQL, such as `17.10`. */
  get engineVersion(): string {
    return this.#postgres().version;
  }

  /** The instance with this identifier, even before it is recorded. */
  instance(identifier: string): DbInstance {
    const existing = this.#instances.get(identifier);
    if (existing) return existing;
    const directory = join(this.#options.directory, identifier);
    const onLog = (line: string) => this.#log(identifier, line);
    const instance = new DbInstance(identifier, directory, this.#postgres(), this.#options.processes, onLog);
    this.#instances.set(identifier, instance);
    return instance;
  }

  recorded(): RecordedInstance[] {
    return [...this.#recorded].map(([identifier, attributes]) => ({ instance: this.instance(identifier), attributes }));
  }

  /** @throws AwsError `DBInstanceNotFound`. */
  get(identifier: string): RecordedInstance {
    const attributes = this.#recorded.get(identifier);
    if (!attributes) throw new AwsError("DBInstanceNotFound", `DBInstance ${identifier} not found.`, 404);
    return { instance: this.instance(identifier), attributes };
  }

  /**
   * Runs an instance with the recorded parameters, on the recorded port or, if another program uses that port, on a
   * free one.
   */
  async run(identifier: string, attributes: RecordedInstance["attributes"]): Promise<void> {
    this.#recorded.set(identifier, attributes);
    const instance = this.instance(identifier);
    instance.setParameters(this.#parameterGroups.get(String(attributes.parameter_group_name)) ?? []);
    const port = Number(attributes.port);
    if (instance.status === "available") {
      if (instance.port === port || !(await isFree(port))) return;
      await instance.stop();
    }
    await instance.start((await isFree(port)) ? port : await this.claimPort(identifier));
  }

  async start(identifier: string): Promise<void> {
    await this.run(identifier, this.get(identifier).attributes);
  }

  async stop(identifier: string): Promise<void> {
    await this.get(identifier).instance.stop();
  }

  /** Stops the instance and deletes its data. */
  async delete(identifier: string): Promise<void> {
    await this.instance(identifier).destroy();
    this.#options.ports.release(portName(identifier));
    this.#instances.delete(identifier);
    this.#recorded.delete(identifier);
  }

  /** Returns a free port, which is the same for each call as long as it is free. */
  claimPort(identifier: string): Promise<number> {
    return this.#options.ports.claim(portName(identifier));
  }

  /** Also changes the parameters of the instances that use the group. */
  putParameterGroup(name: string, parameters: readonly Parameter[]): void {
    this.#parameterGroups.set(name, parameters);
    for (const { instance, attributes } of this.recorded()) {
      if (attributes.parameter_group_name === name) instance.setParameters(parameters);
    }
  }

  deleteParameterGroup(name: string): void {
    this.#parameterGroups.delete(name);
  }

  /** Stops all instances. */
  async close(): Promise<void> {
    await Promise.all([...this.#instances.values()].map((instance) => instance.stop()));
  }

  /** Resolved for the first instance, so that the rest of the local AWS also runs on a machine without PostgreSQL. */
  #postgres(): PostgresBinaries {
    this.#binaries ??= findPostgres();
    return this.#binaries;
  }

  #log(identifier: string, line: string): void {
    const exports = this.#recorded.get(identifier)?.enabled_cloudwatch_logs_exports;
    if (!Array.isArray(exports) || !exports.includes("postgresql")) return;
    this.#options.logs.write(`/aws/rds/instance/${identifier}/postgresql`, `${identifier}.0`, [line]);
  }
}

function portName(identifier: string): string {
  return `rds/${identifier}`;
}
