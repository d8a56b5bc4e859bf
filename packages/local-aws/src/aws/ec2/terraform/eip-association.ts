import type { ResourceHandler } from "../../../provider/resource.ts";

export const eipAssociationResource: ResourceHandler = {
  type: "aws_eip_association",
  identifiers: { id: "eipassoc" },
};
