import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { unzipSync } from "fflate";
import { parseUserData } from "./cloud-init.ts";
import { parseUnit, type SystemdUnit } from "./systemd-unit.ts";

/** The services that a machine uses during its setup. */
export interface MachineServices {
  /** Reads an S3 object with the permissions of the role of the machine. */
  readObject(bucket: string, key: string): Promise<Uint8Array> | Uint8Array;
}

/** A unit to run. */
export interface EnabledUnit extends SystemdUnit {
  readonly name: string;
}

/** Where the CloudWatch agent sends the lines of a log file. */
export interface LogDestination {
  readonly group: string;
  readonly stream: string;
}

const UNIT_FOLDER = "/etc/systemd/system";

/**
 * The file system of a virtual machine, which its user data sets up: files are written, and the commands that install
 * and start a program are executed. Others, which install packages or certificates, are skipped and recorded: this
 * machine has them.
 */
export class Machine {
  readonly root: string;
  readonly units: EnabledUnit[] = [];
  /** Commands that were not executed. */
  readonly skipped: string[] = [];
  readonly #destinations = new Map<string, LogDestination>();
  readonly #instanceId: string;
  readonly #services: MachineServices;

  constructor(root: string, instanceId: string, services: MachineServices) {
    this.root = root;
    this.#instanceId = instanceId;
    this.#services = services;
  }

  /** @param userData encoded in base64. */
  async setUp(userData: string | undefined): Promise<void> {
    mkdirSync(this.root, { recursive: true });
    const { files, commands } = parseUserData(userData);
    for (const { path, content } of files) this.#write(path, content);
    for (const command of commands) await this.#run(command);
  }

  /** The log stream of a log file, if the CloudWatch agent collects it. */
  destinationOf(file: string | undefined): LogDestination | undefined {
    return file === undefined ? undefined : this.#destinations.get(file);
  }

  async #run(command: readonly string[]): Promise<void> {
    const [program = "", ...args] = command;
    const name = posix.basename(program);
    if (name === "mkdir") return void mkdirSync(this.#path(args.at(-1) ?? "/"), { recursive: true });
    if (name === "aws" && args[0] === "s3" && args[1] === "cp") return this.#download(args[2] ?? "", args[3] ?? "");
    if (name === "unzip") return this.#unzip(args);
    if (name === "systemctl" && args.includes("--now")) return this.#enable(args.at(-1) ?? "");
    if (name === "amazon-cloudwatch-agent-ctl") return this.#collectLogs(args);
    this.skipped.push(command.join(" "));
  }

  async #download(from: string, to: string): Promise<void> {
    const [, bucket = "", key = ""] = /^s3:\/\/([^/]+)\/(.+)$/.exec(from) ?? [];
    this.#write(to, await this.#services.readObject(bucket, key));
  }

  #unzip(args: readonly string[]): void {
    const archive = args.find((argument) => argument.endsWith(".zip")) ?? "";
    const folder = args[args.indexOf("-d") + 1] ?? "/";
    for (const [path, content] of Object.entries(unzipSync(readFileSync(this.#path(archive))))) {
      this.#write(posix.join(folder, path), content);
    }
  }

  #enable(name: string): void {
    const unit = parseUnit(readFileSync(this.#path(posix.join(UNIT_FOLDER, name)), "utf8"));
    this.units.push({ ...unit, name });
  }

  #collectLogs(args: readonly string[]): void {
    const file = (args.find((argument) => argument.startsWith("file:")) ?? "").replace(/^file:/, "");
    if (!existsSync(this.#path(file))) return;
    const { logs } = JSON.parse(readFileSync(this.#path(file), "utf8")) as AgentConfig;
    for (const { file_path, log_group_name, log_stream_name } of logs?.logs_collected?.files?.collect_list ?? []) {
      const stream = (log_stream_name ?? "{instance_id}").replace("{instance_id}", this.#instanceId);
      this.#destinations.set(file_path, { group: log_group_name, stream });
    }
  }

  /** The content of a file; the empty string if it does not exist. */
  read(path: string): string {
    return existsSync(this.#path(path)) ? readFileSync(this.#path(path), "utf8") : "";
  }

  #write(path: string, content: string | Uint8Array): void {
    mkdirSync(dirname(this.#path(path)), { recursive: true });
    writeFileSync(this.#path(path), content);
  }

  /** The path in the folder of the machine; no path leads out of it. */
  #path(path: string): string {
    return join(this.root, posix.normalize(`/${path}`));
  }
}

/**
 * See https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Agent-Configuration-File-Details.html
 */
interface AgentConfig {
  readonly logs?: {
    readonly logs_collected?: {
      readonly files?: {
        readonly collect_list?: readonly {
          readonly file_path: string;
          readonly log_group_name: string;
          readonly log_stream_name?: string;
        }[];
      };
    };
  };
}
