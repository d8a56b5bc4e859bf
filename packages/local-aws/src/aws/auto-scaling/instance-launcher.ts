import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Access } from "../../gateway/protocol.ts";
import { AwsError } from "../../runtime/error.ts";
import type { Ports } from "../../runtime/ports.ts";
import type { Processes } from "../../runtime/processes.ts";
import { Instance } from "../ec2/instance.ts";
import type { LaunchTemplate } from "../ec2/launch-templates.ts";
import type { SessionCredentials } from "../iam/access-control.ts";
import type { InstanceProfiles } from "../iam/instance-profiles.ts";
import type { LogSink } from "../logs/log-sink.ts";

export interface InstanceLauncherOptions {
  /** The disks of the instances, which are deleted with their instance. */
  readonly directory: string;
  readonly access: Access;
  readonly processes: Processes;
  readonly ports: Ports;
  readonly logs: LogSink;
  readonly profiles: InstanceProfiles;
  readonly readObject: (bucket: string, key: string) => Promise<Uint8Array> | Uint8Array;
  readonly credentialsFor: (roleArn: string, sessionName: string) => SessionCredentials;
  /** URL of the gateway. */
  readonly endpoint: () => string;
  /** Returns the address of the X-Ray daemon. */
  readonly xrayDaemon?: () => string | undefined;
  /** Duration of a second in milliseconds, which tests shorten. */
  readonly second: number;
}

/** Launches instances from launch templates, with the role of their instance profile. */
export class InstanceLauncher {
  readonly #options: InstanceLauncherOptions;

  constructor(options: InstanceLauncherOptions) {
    this.#options = options;
    rmSync(options.directory, { recursive: true, force: true }); // Disks of a run that was killed.
    mkdirSync(options.directory, { recursive: true });
  }

  /**
   * @returns an instance that is not booted yet.
   * @param ports that its programs listen on.
   */
  async launch(id: string, template: LaunchTemplate, ports: readonly number[]): Promise<Instance> {
    const { access, credentialsFor, directory, endpoint, logs, processes, profiles, readObject, second } =
      this.#options;
    const roleArn = template.profileArn === undefined ? undefined : profiles.roleOf(template.profileArn);
    const credentials = roleArn === undefined ? undefined : credentialsFor(roleArn, id);
    const caller = credentials && access.credentials.find(credentials.accessKeyId)?.caller;
    const localPorts: Record<number, number> = {};
    for (const port of ports) localPorts[port] = await this.#options.ports.claim(portName(id, port));
    return new Instance(
      { id, root: join(directory, id), userData: template.userData, ports: localPorts },
      {
        processes,
        logs,
        credentials,
        endpoint: endpoint(),
        xrayDaemon: this.#options.xrayDaemon?.(),
        second,
        readObject: (bucket, key) => {
          if (!caller) throw new AwsError("AccessDenied", "The instance has no role.", 403);
          access.authorize(caller, "s3:GetObject", `arn:aws:s3:::${bucket}/${key}`);
          return readObject(bucket, key);
        },
      },
    );
  }

  /** Releases the ports of an instance. */
  release(instance: Instance): void {
    for (const port of Object.keys(instance.ports)) this.#options.ports.release(portName(instance.id, Number(port)));
  }
}

function portName(instanceId: string, port: number): string {
  return `ec2/${instanceId}/${port}`;
}
