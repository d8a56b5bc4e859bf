import { databaseWidgets } from "../constructs/dashboard/data-widgets.ts";
import { type Metric, metric } from "../constructs/dashboard/metric.ts";
import { balancerWidgets } from "../constructs/dashboard/request-widgets.ts";
import { graph, heading, percentGraph, type Widget } from "../constructs/dashboard/widgets.ts";
import type { MonitoredSum } from "./alarm-definitions.ts";

/** The resources of the Sum system, by the names that CloudWatch uses. */
export interface SumResources extends MonitoredSum {
  readonly clusterName: string;
  /** Names of the ECS services. */
  readonly containerServices: readonly string[];
  readonly adderGroup: string;
  readonly databaseInstance: string;
}

/** The dashboard of the Sum system. */
export function sumDashboard(resources: SumResources): readonly (readonly Widget[])[] {
  const { loadBalancer, adderGroup, databaseInstance } = resources;
  const programs = Object.entries(resources.targetGroups).map(([program, targetGroup]) => ({
    label: program.toLowerCase(),
    dimensions: { LoadBalancer: loadBalancer, TargetGroup: targetGroup },
  }));
  const adderCpu = metric(
    "AWS/EC2",
    "CPUUtilization",
    { AutoScalingGroupName: adderGroup },
    { statistic: "Average", label: "adder" },
  );
  return [
    [heading("Requests of each program")],
    balancerWidgets({ label: "", dimensions: { LoadBalancer: loadBalancer } }, programs),
    [heading("Instance and containers")],
    [
      percentGraph("CPU", [adderCpu, ...containerMetrics(resources, "CPUUtilization")]),
      percentGraph("Memory of containers", containerMetrics(resources, "MemoryUtilization")),
      graph(
        "Healthy targets",
        "targets",
        programs.map(({ label, dimensions }) =>
          metric("AWS/ApplicationELB", "HealthyHostCount", dimensions, { statistic: "Maximum", label }),
        ),
        { period: 60 },
      ),
    ],
    [heading("Database, which the Files system shares")],
    databaseWidgets(databaseInstance),
  ];
}

function containerMetrics(
  { clusterName, containerServices }: SumResources,
  name: "CPUUtilization" | "MemoryUtilization",
): Metric[] {
  return containerServices.map((service) =>
    metric(
      "AWS/ECS",
      name,
      { ClusterName: clusterName, ServiceName: service },
      { statistic: "Average", label: service },
    ),
  );
}
