import { statfsSync } from "node:fs";
import { availableParallelism } from "node:os";
import type { CpuMeter } from "../../runtime/cpu-meter.ts";
import { commandLine, processTree, processUsage } from "../../runtime/process-usage.ts";
import type { Sample } from "../cloudwatch/sampler.ts";
import type { DbInstance } from "./db-instance.ts";
import type { DbInstances } from "./db-instances.ts";

/** PostgreSQL names the processes of connections after their client: `postgres: user database 127.0.0.1(5000) idle`. */
const CONNECTION = /^postgres: .* [\d.:a-f]+\(\d+\)/;

/**
 * The metrics of the instances that are available: the free storage of the disk of this machine, and the connections
 * and the share of the CPUs of this machine of the processes of PostgreSQL. The others have no metrics, as on AWS.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html
 */
export function instanceSamples(instances: DbInstances, meter: CpuMeter): Sample[] {
  return instances
    .recorded()
    .filter(({ instance }) => instance.status === "available")
    .map(({ instance }) => {
      const { bavail, bsize } = statfsSync(instance.directory);
      return {
        namespace: "AWS/RDS",
        dimensions: { DBInstanceIdentifier: instance.identifier },
        values: { FreeStorageSpace: bavail * bsize, ...processValues(instance, meter) },
      };
    });
}

/** None on systems without `/proc`. */
function processValues({ identifier, processId }: DbInstance, meter: CpuMeter): Sample["values"] {
  const processes = processId === undefined ? [] : processTree(processId);
  const usage = processUsage(processes);
  if (!usage) return {};
  const cpus = meter.cpus(identifier, usage.cpuSeconds);
  return {
    DatabaseConnections: processes.filter((pid) => CONNECTION.test(commandLine(pid))).length,
    ...(cpus !== undefined && { CPUUtilization: (100 * cpus) / availableParallelism() }),
  };
}
