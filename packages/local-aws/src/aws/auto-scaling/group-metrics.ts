import { availableParallelism } from "node:os";
import type { CpuMeter } from "../../runtime/cpu-meter.ts";
import { processTree, processUsage } from "../../runtime/process-usage.ts";
import type { Sample } from "../cloudwatch/sampler.ts";
import type { Instance } from "../ec2/instance.ts";
import type { AutoScalingGroup } from "./auto-scaling-group.ts";

const NAMESPACE = "AWS/EC2";

/**
 * The share of the CPUs of this machine that the programs of each instance use, by instance and by group.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/viewing_metrics_with_cloudwatch.html
 */
export function groupSamples(groups: readonly AutoScalingGroup[], meter: CpuMeter): Sample[] {
  return groups.flatMap(({ name, instances }) =>
    instances.flatMap((instance) => {
      const CPUUtilization = utilization(instance, meter);
      if (CPUUtilization === undefined) return [];
      const values = { CPUUtilization };
      return [
        { namespace: NAMESPACE, dimensions: { InstanceId: instance.id }, values },
        { namespace: NAMESPACE, dimensions: { AutoScalingGroupName: name }, values },
      ];
    }),
  );
}

/** Undefined at the first call for an instance, and on systems without `/proc`. */
function utilization({ id, processIds }: Instance, meter: CpuMeter): number | undefined {
  const usage = processUsage(processIds.flatMap(processTree));
  const cpus = usage && meter.cpus(id, usage.cpuSeconds);
  return cpus === undefined ? undefined : (100 * cpus) / availableParallelism();
}
