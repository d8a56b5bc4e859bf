import type { ResourceHandler } from "../../../provider/resource.ts";

export const cloudwatchDashboard: ResourceHandler = {
  type: "aws_cloudwatch_dashboard",
  identifiers: {
    arn: "cloudwatch::@:dashboard/{dashboard_name}",
    computed: { dashboard_arn: "{arn}" },
  },
};
