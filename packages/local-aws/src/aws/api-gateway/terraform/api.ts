import { blocks, text, texts } from "../../../provider/attributes.ts";
import type { Attributes, ResourceHandler } from "../../../provider/resource-handler.ts";
import type { CorsConfiguration } from "../cors.ts";
import type { HttpApis } from "../http-apis.ts";
import { badRequest } from "./bad-request.ts";
import { apiArn } from "./management-arn.ts";

export function apiResource(apis: HttpApis, newId: (length: number) => string): ResourceHandler {
  return {
    type: "aws_apigatewayv2_api",
    async create(planned) {
      if (planned.protocol_type !== "HTTP")
        throw badRequest("The local AWS supports HTTP APIs only, not WebSocket APIs.");
      if (planned.body || planned.target)
        throw badRequest("The local AWS supports neither OpenAPI bodies (body) nor quick create (target) of APIs.");
      const id = newId(10);
      const { endpoint, executionArn } = await apis.open(id);
      return { id, api_endpoint: endpoint, arn: apiArn(id), execution_arn: executionArn };
    },
    async start(attributes) {
      const { configuration } = await apis.open(text(attributes.id));
      configuration.cors = corsOf(attributes);
      configuration.hasDefaultEndpoint = attributes.disable_execute_api_endpoint !== true;
    },
    read: (attributes) => ({ api_endpoint: apis.get(text(attributes.id)).endpoint }),
    delete: (attributes) => apis.delete(text(attributes.id)),
  };
}

function corsOf(attributes: Attributes): CorsConfiguration | undefined {
  const [cors] = blocks(attributes.cors_configuration);
  if (!cors) return undefined;
  return {
    allowCredentials: cors.allow_credentials === true,
    allowHeaders: texts(cors.allow_headers),
    allowMethods: texts(cors.allow_methods),
    allowOrigins: texts(cors.allow_origins),
    exposeHeaders: texts(cors.expose_headers),
    maxAge: Number(cors.max_age ?? 0),
  };
}
