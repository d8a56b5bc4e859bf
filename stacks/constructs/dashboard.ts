import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard/index.js";
import { Construct } from "constructs";
import { BaseStack } from "../base/base-stack.ts";
import type { AlarmDefinition } from "./alarm-definition.ts";

export interface DashboardProps {
  /** The dashboard's name after the prefix. */
  readonly name: string;
  readonly alarmDefinitions: readonly AlarmDefinition[];
}

/**
 * The layout in CloudWatch's grid of 24 columns:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
const WIDGETS_PER_ROW = 3;
const WIDTH = 24 / WIDGETS_PER_ROW;
const HEIGHT = 6;

/** A dashboard with one graph per alarm definition, each with a line at the alarm's threshold. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, { name, alarmDefinitions }: DashboardProps) {
    super(scope, id);
    const stack = BaseStack.of(this);
    const { region } = stack.environment;
    const widgets = alarmDefinitions.map((definition, index) => ({
      type: "metric",
      x: (index % WIDGETS_PER_ROW) * WIDTH,
      y: Math.floor(index / WIDGETS_PER_ROW) * HEIGHT,
      width: WIDTH,
      height: HEIGHT,
      properties: {
        title: definition.description,
        region,
        metrics: [[definition.namespace, definition.metricName, ...Object.entries(definition.dimensions).flat()]],
        stat: definition.statistic,
        period: definition.period,
        annotations: { horizontal: [{ label: "alarm", value: definition.threshold }] },
      },
    }));
    new CloudwatchDashboard(this, "Dashboard", {
      dashboardName: stack.physicalName("dashboard", name),
      dashboardBody: JSON.stringify({ widgets }),
    });
  }
}
