import type { CpuMeter } from "../../runtime/cpu-meter.ts";
import { processTree, processUsage } from "../../runtime/process-usage.ts";
import type { Sample } from "../cloudwatch/sampler.ts";
import { nameOf } from "./arns.ts";
import type { EcsService } from "./ecs-service.ts";
import type { Task } from "./task.ts";

/** CPU units of a whole CPU. */
const UNITS_PER_CPU = 1_024;
const BYTES_PER_MB = 1_048_576;

/**
 * The CPU and the memory that the running tasks of each service use, as shares of what their task definitions reserve.
 * A task may use more CPU than that here, so its share can exceed 100 %.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/available-metrics.html
 */
export function serviceSamples(services: readonly EcsService[], meter: CpuMeter): Sample[] {
  return services.flatMap(({ settings, tasks }) => {
    const shares = tasks.flatMap((task) => taskValues(task, meter) ?? []);
    if (shares.length === 0) return [];
    return {
      namespace: "AWS/ECS",
      dimensions: { ClusterName: nameOf(settings.clusterArn), ServiceName: settings.name },
      values: {
        ...average(
          "CPUUtilization",
          shares.map(({ cpu }) => cpu),
        ),
        ...average(
          "MemoryUtilization",
          shares.map(({ memory }) => memory),
        ),
      },
    };
  });
}

interface TaskValues {
  readonly cpu: number | undefined;
  readonly memory: number | undefined;
}

/** Undefined for a task that does not run, and on systems without `/proc`. */
function taskValues({ id, definition, processId }: Task, meter: CpuMeter): TaskValues | undefined {
  const usage = processId === undefined ? undefined : processUsage(processTree(processId));
  if (!usage) return undefined;
  const { cpu, memory } = definition;
  const cpus = meter.cpus(id, usage.cpuSeconds);
  return {
    cpu: cpu === undefined || cpus === undefined ? undefined : (100 * cpus * UNITS_PER_CPU) / cpu,
    memory: memory === undefined ? undefined : (100 * usage.residentBytes) / (memory * BYTES_PER_MB),
  };
}

function average(name: string, values: readonly (number | undefined)[]): Sample["values"] {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? {} : { [name]: known.reduce((total, value) => total + value, 0) / known.length };
}
