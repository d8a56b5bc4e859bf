import type { ResourceHandler } from "../../../provider/resource-handler.ts";
import { REGION } from "../../../runtime/account.ts";

export const instanceResource: ResourceHandler = {
  type: "aws_instance",
  identifiers: {
    id: "i",
    arn: "ec2:*:instance/{id}",
    computed: {
      availability_zone: `${REGION}a`,
      instance_initiated_shutdown_behavior: "stop",
      instance_state: "running",
      private_dns: "ip-127-0-0-1.ec2.internal",
      public_ip: "",
      tenancy: "default",
    },
  },
};
