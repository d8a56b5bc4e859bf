import type { ResourceHandler } from "../../../provider/resource.ts";

export const networkInterfaceResource: ResourceHandler = {
  type: "aws_network_interface",
  identifiers: { id: "eni" },
};
