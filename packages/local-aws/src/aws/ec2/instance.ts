import { rmSync } from "node:fs";
import { Program } from "../../processes/program.ts";
import { REGION } from "../../runtime/account.ts";
import type { Processes } from "../../runtime/processes.ts";
import type { SessionCredentials } from "../iam/access-control.ts";
import type { LogSink } from "../logs/log-sink.ts";
import { type EnabledUnit, Machine } from "./machine.ts";
import { parseVariables } from "./systemd-unit.ts";

export interface InstanceOptions {
  readonly processes: Processes;
  readonly logs: LogSink;
  readonly credentials: SessionCredentials | undefined;
  /** URL of the gateway, for the AWS SDK of the programs. */
  readonly endpoint: string;
  /** Address of the X-Ray daemon, which on AWS runs on the instance. */
  readonly xrayDaemon?: string | undefined;
  /** Reads an S3 object with the permissions of the role of the instance. */
  readObject(bucket: string, key: string): Promise<Uint8Array> | Uint8Array;
  /** Duration of a second in milliseconds, which tests shorten. */
  readonly second: number;
}

export interface InstanceSettings {
  readonly id: string;
  /** The folder that is the root of its file system. */
  readonly root: string;
  /** Encoded in base64. */
  readonly userData: string | undefined;
  /** The ports of this machine, by the port that its programs listen on. */
  readonly ports: Readonly<Record<number, number>>;
}

const STOP_MS = 10_000;

/** An EC2 instance: the programs that its user data installs run as processes of this machine. */
export class Instance {
  readonly id: string;
  readonly ports: InstanceSettings["ports"];
  readonly launchedAt = performance.now();
  readonly #machine: Machine;
  readonly #settings: InstanceSettings;
  readonly #options: InstanceOptions;
  readonly #programs = new Map<string, Program>();
  #terminated = false;

  constructor(settings: InstanceSettings, options: InstanceOptions) {
    this.id = settings.id;
    this.ports = settings.ports;
    this.#settings = settings;
    this.#options = options;
    this.#machine = new Machine(settings.root, settings.id, options);
  }

  /** Commands of its user data that were not executed. */
  get skipped(): readonly string[] {
    return this.#machine.skipped;
  }

  /** Of its programs that run. */
  get processIds(): number[] {
    return [...this.#programs.values()].flatMap(({ isRunning, processId }) => (isRunning && processId) || []);
  }

  /** Resolves when its programs listen on their ports. */
  async boot(): Promise<void> {
    await this.#machine.setUp(this.#settings.userData);
    for (const unit of this.#machine.units) this.#start(unit);
    const programs = [...this.#programs.values()];
    const listening = Object.values(this.ports).map((port) =>
      Promise.race(programs.map((program) => program.listens(port, STOP_MS))),
    );
    if (programs.length > 0) await Promise.all(listening);
  }

  async terminate(): Promise<void> {
    this.#terminated = true;
    await Promise.all([...this.#programs.values()].map((program) => program.stop(STOP_MS)));
    rmSync(this.#settings.root, { recursive: true, force: true });
  }

  #start(unit: EnabledUnit): void {
    if (this.#terminated) return;
    const { credentials, endpoint, logs, processes, second, xrayDaemon } = this.#options;
    const program = Program.start(processes, {
      root: this.#settings.root,
      command: unit.command,
      workingDirectory: unit.workingDirectory,
      environment: {
        AWS_REGION: REGION,
        ...(xrayDaemon !== undefined && { AWS_XRAY_DAEMON_ADDRESS: xrayDaemon }),
        ...unit.environment,
        ...parseVariables(unit.environmentFiles.flatMap((file) => this.#machine.read(file).split("\n"))),
        // Instead of the credentials of the instance metadata service, and of the public endpoints of AWS.
        ...(credentials && {
          AWS_ACCESS_KEY_ID: credentials.accessKeyId,
          AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
          AWS_SESSION_TOKEN: credentials.sessionToken,
        }),
        AWS_ENDPOINT_URL: endpoint,
      },
      ports: this.ports,
      onLine: (line) => {
        const destination = this.#machine.destinationOf(unit.output);
        if (destination) logs.write(destination.group, destination.stream, [line]);
      },
    });
    this.#programs.set(unit.name, program);
    void program.exited.then(() => {
      if (!unit.restarts || this.#terminated) return;
      setTimeout(() => this.#start(unit), unit.restartDelay * second).unref();
    });
  }
}
