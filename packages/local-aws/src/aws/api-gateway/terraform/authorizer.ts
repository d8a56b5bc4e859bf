import { number, optionalText, text, texts } from "../../../provider/attributes.ts";
import type { Attributes, ResourceHandler } from "../../../provider/resource-handler.ts";
import type { HttpApis } from "../http-apis.ts";
import type { Authorizer } from "../lambda-authorizer.ts";
import { badRequest } from "./bad-request.ts";

const DEFAULT_RESULT_TTL_SECONDS = 300;

export function authorizerResource(apis: HttpApis, newId: (length: number) => string): ResourceHandler {
  const apiOf = ({ api_id }: Attributes) => apis.get(text(api_id));
  return {
    type: "aws_apigatewayv2_authorizer",
    create(planned) {
      if (planned.authorizer_type !== "REQUEST") {
        throw badRequest(
          `The local AWS supports Lambda (REQUEST) authorizers only, not ${text(planned.authorizer_type)}.`,
        );
      }
      apiOf(planned);
      return { id: newId(6), authorizer_result_ttl_in_seconds: DEFAULT_RESULT_TTL_SECONDS };
    },
    start: (attributes) => apiOf(attributes).putAuthorizer(authorizerOf(attributes)),
    delete: (attributes) => void apiOf(attributes).configuration.authorizers.delete(text(attributes.id)),
  };
}

function authorizerOf(attributes: Attributes): Authorizer {
  return {
    id: text(attributes.id),
    uri: text(attributes.authorizer_uri),
    payloadFormat: attributes.authorizer_payload_format_version === "2.0" ? "2.0" : "1.0",
    simpleResponses: attributes.enable_simple_responses === true,
    identitySources: texts(attributes.identity_sources),
    resultTtl: number(attributes.authorizer_result_ttl_in_seconds, DEFAULT_RESULT_TTL_SECONDS),
    credentialsArn: optionalText(attributes.authorizer_credentials_arn),
  };
}
