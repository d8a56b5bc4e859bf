import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard/index.js";
import { Construct } from "constructs";
import { BaseStack } from "../../base/base-stack.ts";
import type { DashboardName, Environment } from "../../environment/environment.ts";
import type { Alarms } from "../alarms.ts";
import { runbookLink } from "../runbook-link.ts";
import { dashboardBody } from "./body.ts";
import type { AlarmStatus, Text, Widget } from "./widgets.ts";

export interface DashboardProps {
  /** The dashboard's name after the prefix. */
  readonly name: DashboardName;
  readonly title: string;
  readonly summary: string;
  /** Their states are in the first row, with links to their runbooks. */
  readonly alarms: Pick<Alarms, "definitions" | "arns">;
  readonly rows: readonly (readonly Widget[])[];
}

/** Of a widget: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
const MAXIMUM_ALARMS = 100;
/** The size of the first row, in units of the grid. */
const HALF = 12;
const HEIGHT = 5;

/** The dashboard of a system, if the environment has it. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, { name, title, summary, alarms, rows }: DashboardProps) {
    super(scope, id);
    const stack = BaseStack.of(this);
    const { environment } = stack;
    if (!environment.dashboards.includes(name)) return;
    const { definitions, arns } = alarms;
    const status = alarmWidgets(arns);
    const introduction: Text = {
      type: "text",
      markdown: [`# ${title}`, summary, runbookList(environment, alarms)].join("\n\n"),
      width: status.length > 0 ? HALF : 2 * HALF,
      height: HEIGHT,
    };
    const body = dashboardBody({
      rows: [[introduction, ...status], ...rows],
      alarmDefinitions: definitions,
      region: environment.region,
    });
    new CloudwatchDashboard(this, "Dashboard", {
      dashboardName: stack.physicalName("dashboard", name),
      dashboardBody: JSON.stringify(body),
    });
  }
}

function alarmWidgets(arns: readonly string[]): AlarmStatus[] {
  const count = Math.ceil(arns.length / MAXIMUM_ALARMS);
  return Array.from({ length: count }, (_, index) => ({
    type: "alarms",
    title: "Alarms",
    alarmArns: arns.slice(index * MAXIMUM_ALARMS, (index + 1) * MAXIMUM_ALARMS),
    width: Math.floor(HALF / count),
    height: HEIGHT,
  }));
}

/** The pages of the alarms, without their sections; without alarms, the list of all pages. */
function runbookList(environment: Environment, { definitions }: DashboardProps["alarms"]): string {
  const sections = definitions.length > 0 ? definitions.map(({ runbook }) => runbook) : ["README.md"];
  const pages = [...new Set(sections.map((section) => section.split("#", 1)[0] ?? ""))].toSorted();
  return `Runbooks: ${pages.map((page) => runbookReference(environment, page)).join(" · ")}`;
}

function runbookReference(environment: Environment, page: string): string {
  const link = runbookLink(environment, page);
  return link.startsWith("https:") ? `[${page}](${link})` : `\`${link}\``;
}
