import type { ResourceHandler } from "../../../provider/resource-handler.ts";

export const clusterResource: ResourceHandler = {
  type: "aws_rds_cluster",
  identifiers: { arn: "rds:*:cluster:{cluster_identifier}" },
};
