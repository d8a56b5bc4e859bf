import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Access } from "../../gateway/protocol.ts";
import { block, number, optionalText, text } from "../../provider/attributes.ts";
import type { Attributes, TerraformParts } from "../../provider/resource.ts";
import { ACCOUNT_ID, arn } from "../../runtime/account.ts";
import { AwsError } from "../../runtime/error.ts";
import type { Ports } from "../../runtime/ports.ts";
import type { Processes } from "../../runtime/processes.ts";
import { Instance } from "../ec2/instance.ts";
import type { LaunchTemplate, LaunchTemplates } from "../ec2/launch-templates.ts";
import type { TargetRegistry } from "../elastic-load-balancing/target-registry.ts";
import type { SessionCredentials } from "../iam/access-control.ts";
import type { InstanceProfiles } from "../iam/instance-profiles.ts";
import type { LogSink } from "../logs/log-sink.ts";
import { AutoScalingGroup, type GroupSettings } from "./auto-scaling-group.ts";

export interface AutoScalingOptions {
  /** The disks of the instances; they live as long as their instance. */
  readonly directory: string;
  readonly access: Access;
  readonly processes: Processes;
  readonly ports: Ports;
  readonly logs: LogSink;
  readonly templates: LaunchTemplates;
  readonly profiles: InstanceProfiles;
  readonly targets: TargetRegistry;
  readonly portOf: (targetGroupArn: string) => number;
  readonly readObject: (bucket: string, key: string) => Promise<Uint8Array> | Uint8Array;
  readonly credentialsFor: (roleArn: string, sessionName: string) => SessionCredentials;
  /** URL of the gateway. */
  readonly endpoint: () => string;
  /** Milliseconds of a second, for tests of what AWS counts in seconds. */
  readonly second?: number;
}

/** EC2 Auto Scaling: groups of virtual machines, each the processes that its user data installs. */
export class AutoScaling {
  readonly terraform: TerraformParts;
  readonly #options: AutoScalingOptions;
  readonly #groups = new Map<string, AutoScalingGroup>();
  #isResumed = false;

  constructor(options: AutoScalingOptions) {
    this.#options = options;
    rmSync(options.directory, { recursive: true, force: true }); // disks of a killed run
    mkdirSync(options.directory, { recursive: true });
    this.terraform = {
      resources: [
        {
          type: "aws_autoscaling_group",
          identifiers: {
            computed: {
              default_cooldown: 300,
              service_linked_role_arn: `arn:aws:iam::${ACCOUNT_ID}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`,
            },
          },
          identity: ({ name }) => optionalText(name),
          create: ({ name }) => ({
            id: text(name),
            arn: arn("autoscaling", `autoScalingGroup:*:autoScalingGroupName/${text(name)}`),
          }),
          start: (attributes) => this.#put(this.#settingsOf(attributes)),
          delete: (attributes) => this.#remove(text(attributes.name)),
        },
      ],
    };
  }

  /** @throws AwsError `ValidationError`. */
  group(name: string): AutoScalingGroup {
    const group = this.#groups.get(name);
    if (!group) throw new AwsError("ValidationError", `AutoScalingGroup name not found - no such group: ${name}`);
    return group;
  }

  /**
   * Call when everything recorded is started; resolves when the instances are there, or when it is clear that they are
   * not.
   */
  async resume(): Promise<void> {
    this.#isResumed = true;
    await Promise.allSettled([...this.#groups.values()].map((group) => group.steady()));
  }

  async close(): Promise<void> {
    await Promise.all([...this.#groups.values()].map((group) => group.close()));
  }

  async #put(settings: GroupSettings): Promise<void> {
    const existing = this.#groups.get(settings.name);
    existing?.configure(settings);
    const { second = 1_000, targets, portOf } = this.#options;
    const group =
      existing ??
      new AutoScalingGroup(settings, {
        targets,
        portOf,
        second,
        launch: (id, template, ports) => this.#launch(id, template, ports),
        forget: (instance) => this.#forget(instance),
      });
    this.#groups.set(settings.name, group);
    // at the start of the stand-in, what programs call may not be there yet
    if (this.#isResumed) await group.steady();
  }

  async #remove(name: string): Promise<void> {
    const group = this.#groups.get(name);
    this.#groups.delete(name);
    await group?.close();
  }

  async #launch(id: string, template: LaunchTemplate, ports: readonly number[]): Promise<Instance> {
    const { access, credentialsFor, directory, endpoint, logs, processes, profiles, readObject } = this.#options;
    const roleArn = template.profileArn === undefined ? undefined : profiles.roleOf(template.profileArn);
    const credentials = roleArn === undefined ? undefined : credentialsFor(roleArn, id);
    const caller = credentials && access.credentials.find(credentials.accessKeyId)?.caller;
    const own: Record<number, number> = {};
    for (const port of ports) own[port] = await this.#options.ports.claim(portName(id, port));
    return new Instance(
      { id, root: join(directory, id), userData: template.userData, ports: own },
      {
        processes,
        logs,
        credentials,
        endpoint: endpoint(),
        second: this.#options.second ?? 1_000,
        readObject: (bucket, key) => {
          if (!caller) throw new AwsError("AccessDenied", "The machine has no role.", 403);
          access.authorize(caller, "s3:GetObject", `arn:aws:s3:::${bucket}/${key}`);
          return readObject(bucket, key);
        },
      },
    );
  }

  #forget(instance: Instance): void {
    for (const port of Object.keys(instance.ports)) this.#options.ports.release(portName(instance.id, Number(port)));
  }

  #settingsOf(attributes: Attributes): GroupSettings {
    const id = text(block(attributes.launch_template).id);
    const template = this.#options.templates.find(id);
    if (!template) {
      throw new AwsError("ValidationError", `You must use a valid fully-formed launch template. There is no ${id}.`);
    }
    const minimum = number(attributes.min_size, 0);
    return {
      name: text(attributes.name),
      desiredCapacity: Math.max(number(attributes.desired_capacity, minimum), minimum),
      template,
      targetGroupArns: Array.isArray(attributes.target_group_arns) ? attributes.target_group_arns.map(text) : [],
      usesBalancerHealth: attributes.health_check_type === "ELB",
      gracePeriod: number(attributes.health_check_grace_period, 300),
    };
  }
}

const portName = (instanceId: string, port: number): string => `ec2/${instanceId}/${port}`;
