import { text } from "../../../provider/attributes.ts";
import type { ResourceHandler } from "../../../provider/resource-handler.ts";
import type { Clock } from "../../../runtime/clock.ts";
import type { Dashboards } from "../dashboards.ts";

export function dashboardResource(dashboards: Dashboards, clock: Clock): ResourceHandler {
  return {
    type: "aws_cloudwatch_dashboard",
    identifiers: {
      arn: "cloudwatch::@:dashboard/{dashboard_name}",
      computed: { dashboard_arn: "{arn}" },
    },
    start: ({ dashboard_name, dashboard_body }) =>
      dashboards.put({ name: text(dashboard_name), body: text(dashboard_body), modifiedAt: clock.now() }),
    delete: ({ dashboard_name }) => dashboards.delete(text(dashboard_name)),
  };
}
