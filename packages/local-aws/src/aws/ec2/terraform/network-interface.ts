import type { ResourceHandler } from "../../../provider/resource-handler.ts";

export const networkInterfaceResource: ResourceHandler = {
  type: "aws_network_interface",
  identifiers: { id: "eni" },
};
