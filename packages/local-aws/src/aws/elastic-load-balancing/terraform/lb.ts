import { number, optionalText, text } from "../../../provider/attributes.ts";
import type { Attributes, ResourceHandler } from "../../../provider/resource-handler.ts";
import { arn } from "../../../runtime/account.ts";
import { AwsError, unsupported } from "../../../runtime/error.ts";
import { configuredOrUniqueName } from "../../../runtime/unique-name.ts";
import type { LoadBalancerSettings } from "../load-balancer-settings.ts";
import type { LoadBalancers } from "../load-balancers.ts";
import { newIdentifier } from "./identifier.ts";

/** Hosted zone of Elastic Load Balancing in this region. https://docs.aws.amazon.com/general/latest/gr/elb.html */
const ZONE_ID = "Z35SXDOTRQ7X7K";

export function lbResource(loadBalancers: LoadBalancers): ResourceHandler {
  return {
    type: "aws_lb",
    identity: ({ name }) => optionalText(name),
    async create(planned) {
      if (planned.load_balancer_type !== "application")
        throw unsupported(`a load balancer of type ${text(planned.load_balancer_type)}`);
      const name = configuredOrUniqueName(planned.name, planned.name_prefix ?? "tf-lb-");
      const suffix = `app/${name}/${newIdentifier()}`;
      const balancerArn = arn("elasticloadbalancing", `loadbalancer/${suffix}`);
      const balancer = await loadBalancers.open({ ...settingsOf(planned), arn: balancerArn, name });
      return {
        id: balancerArn,
        arn: balancerArn,
        arn_suffix: suffix,
        name,
        dns_name: balancer.address,
        zone_id: ZONE_ID,
        internal: planned.internal === true,
        ip_address_type: "ipv4",
      };
    },
    start: async (attributes) => void (await loadBalancers.open(settingsOf(attributes))),
    read: (attributes) => ({ dns_name: loadBalancers.get(text(attributes.arn)).address }),
    async delete(attributes) {
      if (attributes.enable_deletion_protection === true) {
        const message = `Load balancer '${text(attributes.arn)}' cannot be deleted because deletion protection is enabled`;
        throw new AwsError("OperationNotPermitted", message);
      }
      await loadBalancers.delete(text(attributes.arn));
    },
  };
}

function settingsOf(attributes: Attributes): LoadBalancerSettings {
  const mode = text(attributes.xff_header_processing_mode) || "append";
  return {
    arn: text(attributes.arn),
    name: text(attributes.name),
    idleTimeout: number(attributes.idle_timeout, 60),
    dropInvalidHeaderFields: attributes.drop_invalid_header_fields === true,
    forwardedFor: mode === "preserve" || mode === "remove" ? mode : "append",
    forwardedClientPort: attributes.enable_xff_client_port === true,
  };
}
