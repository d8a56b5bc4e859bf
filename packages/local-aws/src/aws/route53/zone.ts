import type { ResourceHandler } from "../../provider/resource.ts";

const TOP_LEVELS = ["com", "net", "org", "co.uk"];

/** Hosted zones: recorded and never asked, but with the four servers that one would name at the domain's registrar. */
export const zone: ResourceHandler = {
  type: "aws_route53_zone",
  identifiers: {
    id: (_, randomHex) => `Z${randomHex(20).toUpperCase()}`,
    arn: "route53:::hostedzone/{id}",
    computed: { zone_id: "{id}" },
  },
  create: () => {
    const servers = TOP_LEVELS.map(
      (topLevel, index) => `ns-${index * 512 + 1}.awsdns-${String(index).padStart(2, "0")}.${topLevel}`,
    );
    return { name_servers: servers, primary_name_server: servers[0] };
  },
};
