import { text } from "../../../provider/attributes.ts";
import type { ResourceHandler } from "../../../provider/resource-handler.ts";
import { REGION } from "../../../runtime/account.ts";
import { managementArn } from "./management-arn.ts";

/** Hosted zone of API Gateway in this region: https://docs.aws.amazon.com/general/latest/gr/apigateway.html */
const HOSTED_ZONE_ID = "Z1UJRXOUMOOFQ8";

/** Only recorded: requests reach an API through the mappings of the domain. */
export function domainNameResource(newId: (length: number) => string): ResourceHandler {
  return {
    type: "aws_apigatewayv2_domain_name",
    identity: ({ domain_name }) => text(domain_name),
    create({ domain_name }) {
      const target = `d-${newId(10)}.execute-api.${REGION}.amazonaws.com`;
      return {
        id: domain_name,
        arn: managementArn(`/domainnames/${text(domain_name)}`),
        api_mapping_selection_expression: "$request.basepath",
        domain_name_configuration: [
          { target_domain_name: target, hosted_zone_id: HOSTED_ZONE_ID, ip_address_type: "ipv4" },
        ],
      };
    },
  };
}
