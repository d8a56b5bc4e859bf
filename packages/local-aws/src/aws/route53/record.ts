import type { ResourceHandler } from "../../provider/resource.ts";

/** DNS records: nobody resolves them here, and they say by which name one would. */
export const record: ResourceHandler = {
  type: "aws_route53_record",
  create: ({ name }) => ({ fqdn: String(name).replace(/\.$/, "") }),
};
