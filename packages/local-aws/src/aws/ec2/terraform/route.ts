import type { ResourceHandler } from "../../../provider/resource-handler.ts";

export const routeResource: ResourceHandler = {
  type: "aws_route",
  identifiers: {
    id: ({ route_table_id }, randomHex) => `r-${route_table_id ?? ""}${randomHex(10)}`,
    computed: { state: "active", origin: "CreateRoute", network_interface_id: "" },
  },
};
