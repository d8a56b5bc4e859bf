import { paginate } from "../../../gateway/paginate.ts";
import type { Call } from "../../../gateway/protocol.ts";
import { dashboardArn } from "../dashboards.ts";
import type { CloudWatchContext } from "./context.ts";

interface Input {
  readonly DashboardNamePrefix?: string;
  readonly NextToken?: string;
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListDashboards.html */
const PAGE_SIZE = 1_000;

export const listDashboards =
  ({ dashboards }: Pick<CloudWatchContext, "dashboards">) =>
  ({ DashboardNamePrefix: prefix = "", NextToken }: Input, call: Call): object => {
    call.authorize("cloudwatch:ListDashboards", "*");
    const matching = dashboards.all().filter(({ name }) => name.startsWith(prefix));
    const { page, next } = paginate(matching, { maximum: PAGE_SIZE, token: NextToken });
    return {
      DashboardEntries: page.map(({ name, body, modifiedAt }) => ({
        DashboardName: name,
        DashboardArn: dashboardArn(name),
        LastModified: modifiedAt / 1_000,
        Size: Buffer.byteLength(body),
      })),
      NextToken: next,
    };
  };
