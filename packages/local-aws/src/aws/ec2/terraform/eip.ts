import type { ResourceHandler } from "../../../provider/resource-handler.ts";

export const eipResource: ResourceHandler = {
  type: "aws_eip",
  identifiers: {
    id: "eipalloc",
    arn: "ec2:*:elastic-ip/{id}",
    computed: {
      allocation_id: "{id}",
      // The values of an address that is not associated and belongs to neither Wavelength nor Outposts.
      association_id: "",
      carrier_ip: "",
      customer_owned_ip: "",
      private_ip: "",
    },
  },
};
