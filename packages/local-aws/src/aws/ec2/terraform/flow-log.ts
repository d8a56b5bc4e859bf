import type { ResourceHandler } from "../../../provider/resource-handler.ts";

export const flowLogResource: ResourceHandler = {
  type: "aws_flow_log",
  identifiers: {
    id: "fl",
    arn: "ec2:*:vpc-flow-log/{id}",
    computed: {
      log_format:
        "${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} ${bytes} ${start} ${end} ${action} ${log-status}",
    },
  },
};
