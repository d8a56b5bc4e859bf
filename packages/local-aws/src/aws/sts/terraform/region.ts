import type { DataSourceHandler } from "../../../provider/resource-handler.ts";
import { REGION } from "../../../runtime/account.ts";

export const regionDataSource: DataSourceHandler = {
  type: "aws_region",
  read: () => ({
    id: REGION,
    name: REGION,
    description: "US East (N. Virginia)",
    endpoint: `ec2.${REGION}.amazonaws.com`,
  }),
};
