import { join } from "node:path";
import { type Access, queryService } from "../../gateway/protocol.ts";
import type { AwsService } from "../../gateway/service.ts";
import type { TerraformParts } from "../../provider/resource.ts";
import { AwsError } from "../../runtime/error.ts";
import { isFree, type Ports } from "../../runtime/ports.ts";
import type { Processes } from "../../runtime/processes.ts";
import type { LogSink } from "../logs/log-sink.ts";
import type { ManagedSecrets } from "../secrets-manager/managed-secrets.ts";
import type { RandomInteger } from "../secrets-manager/random-integer.ts";
import { DbInstance } from "./db-instance.ts";
import { rdsOperations } from "./operations.ts";
import type { Parameter } from "./parameters.ts";
import { findPostgres, type PostgresBinaries } from "./postgres/binaries.ts";
import { rdsTerraform } from "./terraform.ts";

export interface RdsOptions {
  /** Where the databases are kept. */
  readonly directory: string;
  readonly processes: Processes;
  readonly ports: Ports;
  /** Keeps the master passwords that RDS manages. */
  readonly secrets: ManagedSecrets;
  readonly logs: LogSink;
  readonly access: Access;
  /** From a cryptographic source outside tests. */
  readonly random: RandomInteger;
}

/** What the operations and the Terraform handlers may know of an instance: its recorded attributes and itself. */
export interface RecordedInstance {
  readonly instance: DbInstance;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** RDS for PostgreSQL: each instance is a real server on the loopback interface. No TLS, no replicas, no snapshots. */
export class Rds {
  readonly service: AwsService;
  readonly terraform: TerraformParts;
  readonly #options: RdsOptions;
  readonly #instances = new Map<string, DbInstance>();
  readonly #recorded = new Map<string, RecordedInstance["attributes"]>();
  readonly #parameterGroups = new Map<string, readonly Parameter[]>();
  #binaries: PostgresBinaries | undefined;

  constructor(options: RdsOptions) {
    this.#options = options;
    this.service = queryService(
      { signingName: "rds", namespace: "http://rds.amazonaws.com/doc/2014-10-31/", operations: rdsOperations(this) },
      options.access,
    );
    this.terraform = rdsTerraform(this, options.secrets, options.random);
  }

  /** Of PostgreSQL, as `17.10`. */
  get engineVersion(): string {
    return this.#postgres().version;
  }

  /** Looked for when the first instance needs them: a machine without PostgreSQL can still run everything else. */
  #postgres(): PostgresBinaries {
    this.#binaries ??= findPostgres();
    return this.#binaries;
  }

  /** The instance of this name, recorded or about to be. */
  instance(identifier: string): DbInstance {
    const known = this.#instances.get(identifier);
    if (known) return known;
    const directory = join(this.#options.directory, identifier);
    const instance = new DbInstance(identifier, directory, this.#postgres(), this.#options.processes, (line) =>
      this.#log(identifier, line),
    );
    this.#instances.set(identifier, instance);
    return instance;
  }

  recorded(): RecordedInstance[] {
    return [...this.#recorded].map(([identifier, attributes]) => ({ instance: this.instance(identifier), attributes }));
  }

  /** @throws AwsError `DBInstanceNotFound` */
  get(identifier: string): RecordedInstance {
    const attributes = this.#recorded.get(identifier);
    if (!attributes) throw new AwsError("DBInstanceNotFound", `DBInstance ${identifier} not found.`, 404);
    return { instance: this.instance(identifier), attributes };
  }

  /** Runs the instance as it is recorded: on its port (or, when another program took that, on a free one), with its parameters. */
  async run(identifier: string, attributes: RecordedInstance["attributes"]): Promise<void> {
    this.#recorded.set(identifier, attributes);
    const instance = this.instance(identifier);
    instance.setParameters(this.#parameterGroups.get(String(attributes.parameter_group_name)) ?? []);
    const wanted = Number(attributes.port);
    if (instance.status === "available") {
      if (instance.port === wanted || !(await isFree(wanted))) return;
      await instance.stop();
    }
    await instance.start((await isFree(wanted)) ? wanted : await this.choosePort(identifier));
  }

  /** A free port, the same one each time while it is free. */
  choosePort(identifier: string): Promise<number> {
    return this.#options.ports.claim(portName(identifier));
  }

  async remove(identifier: string): Promise<void> {
    await this.instance(identifier).destroy();
    this.#options.ports.release(portName(identifier));
    this.#instances.delete(identifier);
    this.#recorded.delete(identifier);
  }

  setParameterGroup(name: string, parameters: readonly Parameter[]): void {
    this.#parameterGroups.set(name, parameters);
    for (const { instance, attributes } of this.recorded()) {
      if (attributes.parameter_group_name === name) instance.setParameters(parameters);
    }
  }

  removeParameterGroup(name: string): void {
    this.#parameterGroups.delete(name);
  }

  /** Takes the database away, as a maintenance or a fault would. */
  async stopInstance(identifier: string): Promise<void> {
    await this.get(identifier).instance.stop();
  }

  async startInstance(identifier: string): Promise<void> {
    await this.run(identifier, this.get(identifier).attributes);
  }

  /** Stops all servers. */
  async close(): Promise<void> {
    await Promise.all([...this.#instances.values()].map((instance) => instance.stop()));
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
