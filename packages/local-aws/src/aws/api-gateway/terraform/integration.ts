import { number, optionalText, text } from "../../../provider/attributes.ts";
import type { Attributes, ResourceHandler } from "../../../provider/resource-handler.ts";
import type { HttpApis } from "../http-apis.ts";
import type { Integration } from "../integration.ts";
import { badRequest } from "./bad-request.ts";

/** Fixed limit: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const MAX_TIMEOUT_MS = 30_000;

export function integrationResource(apis: HttpApis, newId: (length: number) => string): ResourceHandler {
  const apiOf = ({ api_id }: Attributes) => apis.get(text(api_id));
  return {
    type: "aws_apigatewayv2_integration",
    create(planned) {
      check(planned);
      apiOf(planned);
      return {
        id: newId(7),
        timeout_milliseconds: MAX_TIMEOUT_MS,
        integration_response_selection_expression: "",
      };
    },
    update(planned) {
      check(planned);
      return {};
    },
    start: (attributes) =>
      void apiOf(attributes).configuration.integrations.set(text(attributes.id), integrationOf(attributes)),
    delete: (attributes) => void apiOf(attributes).configuration.integrations.delete(text(attributes.id)),
  };
}

function check({ integration_type, integration_subtype, integration_uri }: Attributes): void {
  const isLambda =
    integration_type === "AWS_PROXY" && !integration_subtype && text(integration_uri).includes(":function:");
  if (!isLambda) throw badRequest("The local AWS supports integrations with Lambda functions only (AWS_PROXY).");
}

function integrationOf(attributes: Attributes): Integration {
  return {
    id: text(attributes.id),
    uri: text(attributes.integration_uri),
    payloadFormat: attributes.payload_format_version === "2.0" ? "2.0" : "1.0",
    timeout: number(attributes.timeout_milliseconds, MAX_TIMEOUT_MS),
    credentialsArn: optionalText(attributes.credentials_arn),
  };
}
