import type { ResourceHandler } from "../../../provider/resource-handler.ts";

/** DNS records are recorded only: the local AWS has no DNS server. */
export const recordResource: ResourceHandler = {
  type: "aws_route53_record",
  create: ({ name }) => ({ fqdn: String(name).replace(/\.$/, "") }),
};
