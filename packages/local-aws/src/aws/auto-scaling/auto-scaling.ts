import type { TerraformParts } from "../../provider/resource-handler.ts";
import { CpuMeter } from "../../runtime/cpu-meter.ts";
import type { Sample } from "../cloudwatch/sampler.ts";
import type { LaunchTemplates } from "../ec2/launch-templates.ts";
import type { TargetRegistry } from "../elastic-load-balancing/target-registry.ts";
import { AutoScalingGroups } from "./auto-scaling-groups.ts";
import { groupSamples } from "./group-metrics.ts";
import { InstanceLauncher, type InstanceLauncherOptions } from "./instance-launcher.ts";
import { autoScalingTerraform } from "./terraform/index.ts";

export interface AutoScalingOptions extends Omit<InstanceLauncherOptions, "second"> {
  readonly templates: LaunchTemplates;
  readonly targets: TargetRegistry;
  /** The port on which the members of a target group listen. */
  readonly portOf: (targetGroupArn: string) => number;
  /** Duration of a second in milliseconds, which tests shorten. Default: 1000. */
  readonly second?: number;
}

/** EC2 Auto Scaling: groups of instances whose programs run as processes of this machine. */
export class AutoScaling {
  readonly terraform: TerraformParts;
  readonly groups: AutoScalingGroups;
  readonly #meter = new CpuMeter();

  constructor({ templates, targets, portOf, second = 1_000, ...options }: AutoScalingOptions) {
    const launcher = new InstanceLauncher({ ...options, second });
    this.groups = new AutoScalingGroups({ launcher, targets, portOf, second });
    this.terraform = autoScalingTerraform({ groups: this.groups, templates });
  }

  /** Values for the metrics of the instances. */
  samples(): Sample[] {
    return groupSamples(this.groups.all(), this.#meter);
  }

  /** Must be called after all recorded resources have started; see {@link AutoScalingGroups.resume}. */
  resume(): Promise<void> {
    return this.groups.resume();
  }

  close(): Promise<void> {
    return this.groups.close();
  }
}
