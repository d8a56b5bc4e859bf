import type { DataSourceHandler } from "../../../provider/resource-handler.ts";

export const partitionDataSource: DataSourceHandler = {
  type: "aws_partition",
  read: () => ({
    id: "aws",
    partition: "aws",
    dns_suffix: "amazonaws.com",
    reverse_dns_prefix: "com.amazonaws",
  }),
};
