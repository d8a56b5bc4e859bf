import { createHash } from "node:crypto";
import type { ResourceHandler } from "../../../provider/resource-handler.ts";

/**
 * A gateway endpoint has the prefix list of its service, which is the same for all endpoints: security groups refer to
 * it.
 */
export const vpcEndpointResource: ResourceHandler = {
  type: "aws_vpc_endpoint",
  identifiers: { id: "vpce", arn: "ec2:*:vpc-endpoint/{id}", computed: { state: "available" } },
  create: ({ vpc_endpoint_type, service_name }) =>
    (vpc_endpoint_type ?? "Gateway") === "Gateway"
      ? { prefix_list_id: `pl-${createHash("sha256").update(String(service_name)).digest("hex").slice(0, 8)}` }
      : { network_interface_ids: [] },
};
