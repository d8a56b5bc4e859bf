import type { Call } from "../../../gateway/protocol.ts";
import { dashboardArn } from "../dashboards.ts";
import type { CloudWatchContext } from "./context.ts";

interface Input {
  readonly DashboardName: string;
}

export const getDashboard =
  ({ dashboards }: Pick<CloudWatchContext, "dashboards">) =>
  ({ DashboardName }: Input, call: Call): object => {
    call.authorize("cloudwatch:GetDashboard", dashboardArn(DashboardName));
    const { name, body } = dashboards.get(DashboardName);
    return { DashboardName: name, DashboardArn: dashboardArn(name), DashboardBody: body };
  };
