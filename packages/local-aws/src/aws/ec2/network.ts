import { createHash } from "node:crypto";
import type { ResourceHandler } from "../../provider/resource.ts";
import { zoneId } from "./availability-zones.ts";

/** Subnets: nothing is routed on this machine, but each knows its zone by id too. */
export const subnet: ResourceHandler = {
  type: "aws_subnet",
  create: ({ availability_zone }) =>
    typeof availability_zone === "string" ? { availability_zone_id: zoneId(availability_zone) } : {},
};

/** VPC endpoints. One of the gateway type has the prefix list of its service, which security groups name; it is the same for every endpoint. */
export const vpcEndpoint: ResourceHandler = {
  type: "aws_vpc_endpoint",
  create: ({ vpc_endpoint_type, service_name }) =>
    (vpc_endpoint_type ?? "Gateway") === "Gateway"
      ? { prefix_list_id: `pl-${createHash("sha256").update(String(service_name)).digest("hex").slice(0, 8)}` }
      : { network_interface_ids: [] },
};
