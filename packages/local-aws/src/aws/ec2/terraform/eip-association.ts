import type { ResourceHandler } from "../../../provider/resource-handler.ts";

export const eipAssociationResource: ResourceHandler = {
  type: "aws_eip_association",
  identifiers: { id: "eipassoc" },
};
