import type { ResourceHandler } from "../../../provider/resource-handler.ts";
import { zoneId } from "../zones.ts";

export const subnetResource: ResourceHandler = {
  type: "aws_subnet",
  identifiers: { id: "subnet", arn: "ec2:*:subnet/{id}", computed: { private_dns_hostname_type_on_launch: "ip-name" } },
  create: ({ availability_zone }) =>
    typeof availability_zone === "string" ? { availability_zone_id: zoneId(availability_zone) } : {},
};
