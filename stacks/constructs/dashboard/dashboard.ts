import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard/index.js";
import { Construct } from "constructs";
import { BaseStack } from "../../base/base-stack.ts";
import type { DashboardName, Environment } from "../../environment/environment.ts";
import type { Alarms } from "../alarms.ts";
import { runbookLink } from "../runbook-link.ts";
import { dashboardBody } from "./body.ts";
import type { Text, Widget } from "./widgets.ts";

export interface DashboardProps {
  /** The dashboard's name after the prefix. */
  readonly name: DashboardName;
  readonly title: string;
  readonly summary: string;
  /** Their states are in the first row, with links to their runbooks. */
  readonly alarms: Pick<Alarms, "definitions" | "arns">;
  readonly rows: readonly (readonly Widget[])[];
}

/** The dashboard of a system, if the environment has it. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, { name, title, summary, alarms, rows }: DashboardProps) {
    super(scope, id);
    const stack = BaseStack.of(this);
    const { environment } = stack;
    if (!environment.dashboards.includes(name)) return;
    const { definitions, arns } = alarms;
    const introduction: Text = {
      type: "text",
      markdown: [`# ${title}`, summary, runbookList(environment, alarms)].join("\n\n"),
      width: arns.length > 0 ? 12 : 24,
      height: 5,
    };
    const status: readonly Widget[] =
      arns.length > 0 ? [{ type: "alarms", title: "Alarms", alarmArns: arns, width: 12, height: 5 }] : [];
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
