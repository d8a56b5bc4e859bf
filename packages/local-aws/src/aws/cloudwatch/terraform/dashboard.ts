import type { ResourceHandler } from "../../../provider/resource-handler.ts";

export const dashboardResource: ResourceHandler = {
  type: "aws_cloudwatch_dashboard",
  identifiers: {
    arn: "cloudwatch::@:dashboard/{dashboard_name}",
    computed: { dashboard_arn: "{arn}" },
  },
};
