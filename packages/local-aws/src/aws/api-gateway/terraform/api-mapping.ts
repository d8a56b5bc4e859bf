import { text } from "../../../provider/attributes.ts";
import type { ResourceHandler } from "../../../provider/resource-handler.ts";
import type { CustomDomains } from "../custom-domains.ts";

export function apiMappingResource(domains: CustomDomains, newId: (length: number) => string): ResourceHandler {
  return {
    type: "aws_apigatewayv2_api_mapping",
    identity: ({ domain_name, api_mapping_key }) => `${text(domain_name)}/${text(api_mapping_key)}`,
    create: () => ({ id: newId(6) }),
    start: (attributes) =>
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
