import type { ResourceHandler } from "../../../provider/resource.ts";

export const rdsCluster: ResourceHandler = {
  type: "aws_rds_cluster",
  identifiers: { arn: "rds:*:cluster:{cluster_identifier}" },
};
