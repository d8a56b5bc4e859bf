import { number, optionalText, text } from "../../../provider/attributes.ts";
import type { Attributes, ResourceHandler } from "../../../provider/resource-handler.ts";
import { AwsError, unsupported } from "../../../runtime/error.ts";
import type { Listener } from "../listener.ts";
import type { LoadBalancers } from "../load-balancers.ts";
import { actionOf } from "./action.ts";
import { newIdentifier } from "./identifier.ts";

/** Header names by the part of `routing_http_response_<part>_header_value`. */
const RESPONSE_HEADERS: Readonly<Record<string, string>> = {
  access_control_allow_credentials: "Access-Control-Allow-Credentials",
  access_control_allow_headers: "Access-Control-Allow-Headers",
  access_control_allow_methods: "Access-Control-Allow-Methods",
  access_control_allow_origin: "Access-Control-Allow-Origin",
  access_control_expose_headers: "Access-Control-Expose-Headers",
  access_control_max_age: "Access-Control-Max-Age",
  content_security_policy: "Content-Security-Policy",
  strict_transport_security: "Strict-Transport-Security",
  x_content_type_options: "X-Content-Type-Options",
  x_frame_options: "X-Frame-Options",
};

export function listenerResource(loadBalancers: LoadBalancers): ResourceHandler {
  return {
    type: "aws_lb_listener",
    identity: ({ load_balancer_arn, port }) => optionalText(load_balancer_arn) && `${load_balancer_arn}:${port}`,
    create(planned) {
      const balancerArn = text(planned.load_balancer_arn);
      loadBalancers.get(balancerArn);
      const arn = `${balancerArn.replace(":loadbalancer/", ":listener/")}/${newIdentifier()}`;
      const { protocol } = listenerOf({ ...planned, arn, protocol: optionalText(planned.protocol) ?? "HTTP" });
      if (protocol === "HTTPS" && !planned.certificate_arn)
        throw new AwsError("CertificateNotFound", "A certificate must be specified for HTTPS listeners");
      return {
        id: arn,
        arn,
        protocol,
        ssl_policy: protocol === "HTTPS" ? "ELBSecurityPolicy-2016-08" : "",
        routing_http_response_server_enabled: true,
      };
    },
    update(planned) {
      listenerOf(planned);
      return {};
    },
    start: (attributes) => loadBalancers.putListener(listenerOf(attributes)),
    delete: ({ arn, load_balancer_arn }) =>
      loadBalancers.deleteListener({ arn: text(arn), loadBalancerArn: text(load_balancer_arn) }),
  };
}

function listenerOf(attributes: Attributes): Listener {
  const { protocol, port } = attributes;
  if (protocol !== "HTTP" && protocol !== "HTTPS") throw unsupported(`a listener for ${text(protocol)}`);
  const headers = Object.entries(RESPONSE_HEADERS).flatMap(([argument, name]): [string, string | null][] => {
    const value = optionalText(attributes[`routing_http_response_${argument}_header_value`]);
    return value === undefined ? [] : [[name, value]];
  });
  if (attributes.routing_http_response_server_enabled === false) headers.push(["Server", null]);
  return {
    arn: text(attributes.arn),
    loadBalancerArn: text(attributes.load_balancer_arn),
    port: number(port, protocol === "HTTPS" ? 443 : 80),
    protocol,
    defaultAction: actionOf(attributes.default_action),
    responseHeaders: Object.fromEntries(headers),
  };
}
