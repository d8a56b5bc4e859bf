import type { ResourceHandler } from "../../../provider/resource-handler.ts";

/** AWS assigns one name server in each of these top-level domains. */
const TOP_LEVEL_DOMAINS = ["com", "net", "org", "co.uk"];

/** Hosted zones are recorded only, with four name servers like those that AWS assigns. */
export const zoneResource: ResourceHandler = {
  type: "aws_route53_zone",
  identifiers: {
    id: (_, randomHex) => `Z${randomHex(20).toUpperCase()}`,
    arn: "route53:::hostedzone/{id}",
    computed: { zone_id: "{id}" },
  },
  create: () => {
    const servers = TOP_LEVEL_DOMAINS.map(
      (domain, index) => `ns-${index * 512 + 1}.awsdns-${String(index).padStart(2, "0")}.${domain}`,
    );
    return { name_servers: servers, primary_name_server: servers[0] };
  },
};
