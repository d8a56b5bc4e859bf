import { createHash } from "node:crypto";
import type { ResourceHandler } from "../../provider/resource.ts";
import { zoneId } from "./availability-zones.ts";

/** Subnets: nothing is routed on this machine, but each knows its zone by id too. */
export const subnet: ResourceHandler = {
  type: "aws_subnet",
  identifiers: { id: "subnet", arn: "ec2:*:subnet/{id}", computed: { private_dns_hostname_type_on_launch: "ip-name" } },
  create: ({ availability_zone }) =>
    typeof availability_zone === "string" ? { availability_zone_id: zoneId(availability_zone) } : {},
};

/** VPC endpoints. One of the gateway type has the prefix list of its service, which security groups name; it is the same for every endpoint. */
export const vpcEndpoint: ResourceHandler = {
  type: "aws_vpc_endpoint",
  identifiers: { id: "vpce", arn: "ec2:*:vpc-endpoint/{id}", computed: { state: "available" } },
  create: ({ vpc_endpoint_type, service_name }) =>
    (vpc_endpoint_type ?? "Gateway") === "Gateway"
      ? { prefix_list_id: `pl-${createHash("sha256").update(String(service_name)).digest("hex").slice(0, 8)}` }
      : { network_interface_ids: [] },
};
