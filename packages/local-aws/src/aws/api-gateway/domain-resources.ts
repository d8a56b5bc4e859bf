import type { Attributes, ResourceHandler } from "../../provider/resource.ts";
import { arn } from "../../runtime/account.ts";
import type { CustomDomains } from "./custom-domains.ts";
import { text } from "./model.ts";

/** Route 53's id of the zone that holds API Gateway's own names in us-east-1: https://docs.aws.amazon.com/general/latest/gr/apigateway.html */
const HOSTED_ZONE_ID = "Z1UJRXOUMOOFQ8";

/** `aws_apigatewayv2_domain_name`: a record; its mappings are what is live. */
export function domainNameResource(newId: (length: number) => string): ResourceHandler {
  return {
    type: "aws_apigatewayv2_domain_name",
    identity: ({ domain_name }) => text(domain_name),
    create({ domain_name }) {
      const target = `d-${newId(10)}.execute-api.us-east-1.amazonaws.com`;
      return {
        id: domain_name,
        arn: arn("apigateway", `/domainnames/${text(domain_name)}`).replace(/:\d{12}:/, "::"),
        api_mapping_selection_expression: "$request.basepath",
        domain_name_configuration: [
          { target_domain_name: target, hosted_zone_id: HOSTED_ZONE_ID, ip_address_type: "ipv4" },
        ],
      };
    },
  };
}

/** `aws_apigatewayv2_api_mapping`. */
export function apiMappingResource(domains: CustomDomains, newId: (length: number) => string): ResourceHandler {
  return {
    type: "aws_apigatewayv2_api_mapping",
    identity: ({ domain_name, api_mapping_key }) => `${text(domain_name)}/${text(api_mapping_key)}`,
    create: () => ({ id: newId(6) }),
    start: (attributes: Attributes) =>
      domains.put({
        id: text(attributes.id),
        domainName: text(attributes.domain_name),
        key: text(attributes.api_mapping_key),
        apiId: text(attributes.api_id),
        stage: text(attributes.stage),
      }),
    delete: (attributes) => domains.delete(text(attributes.id)),
  };
}
