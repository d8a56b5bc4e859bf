import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard/index.js";
import { Construct } from "constructs";
import { BaseStack } from "../base/base-stack.ts";
import type { Watch } from "../monitoring/metrics.ts";

export interface DashboardProps {
  /** The dashboard's name after the prefix. */
  readonly thing: string;
  readonly watches: readonly Watch[];
}

/** Graphs in a row, and their size in CloudWatch's grid of 24 columns: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
const IN_A_ROW = 3;
const WIDTH = 24 / IN_A_ROW;
const HEIGHT = 6;

/** A graph of everything that has an alarm, with the bound at which it would ring. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, { thing, watches }: DashboardProps) {
    super(scope, id);
    const stack = BaseStack.of(this);
    const { region } = stack.environment;
    const widgets = watches.map((watch, index) => ({
      type: "metric",
      x: (index % IN_A_ROW) * WIDTH,
      y: Math.floor(index / IN_A_ROW) * HEIGHT,
      width: WIDTH,
      height: HEIGHT,
      properties: {
        title: watch.description,
        region,
        metrics: [[watch.namespace, watch.metric, ...Object.entries(watch.dimensions).flat()]],
        stat: watch.statistic,
        period: watch.period,
        annotations: { horizontal: [{ label: "alarm", value: watch.threshold }] },
      },
    }));
    new CloudwatchDashboard(this, "Dashboard", {
      dashboardName: stack.physicalName("dashboard", thing),
      dashboardBody: JSON.stringify({ widgets }),
    });
  }
}
