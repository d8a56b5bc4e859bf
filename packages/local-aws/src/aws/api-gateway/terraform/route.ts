import { optionalText, text } from "../../../provider/attributes.ts";
import type { Attributes, ResourceHandler } from "../../../provider/resource-handler.ts";
import { unsupported } from "../../../runtime/error.ts";
import type { HttpApis } from "../http-apis.ts";
import type { Route } from "../route.ts";
import { badRequest } from "./bad-request.ts";

export function routeResource(apis: HttpApis, newId: (length: number) => string): ResourceHandler {
  const apiOf = ({ api_id }: Attributes) => apis.get(text(api_id));
  return {
    type: "aws_apigatewayv2_route",
    identity: ({ api_id, route_key }) => `${text(api_id)}/${text(route_key)}`,
    create(planned) {
      check(planned);
      apiOf(planned);
      return { id: newId(7) };
    },
    update(planned) {
      check(planned);
      return {};
    },
    start: (attributes) => apiOf(attributes).configuration.putRoute(routeOf(attributes)),
    delete: (attributes) => apiOf(attributes).configuration.deleteRoute(text(attributes.id)),
  };
}

function check({ route_key, authorization_type, authorizer_id }: Attributes): void {
  if (!/^(\$default|(ANY|GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) \/\S*)$/.test(text(route_key))) {
    throw badRequest(
      'The provided route key is not formatted properly for HTTP protocol. Format should be "<HTTP METHOD> /<RESOURCE PATH>" or "$default"',
    );
  }
  const type = text(authorization_type) || "NONE";
  if (type !== "NONE" && type !== "CUSTOM")
    throw unsupported(`routes with authorization_type ${type}`, { code: "BadRequestException" });
  if (type === "CUSTOM" && !authorizer_id)
    throw badRequest("AuthorizerId is required when AuthorizationType is CUSTOM");
}

function routeOf(attributes: Attributes): Route {
  return {
    id: text(attributes.id),
    routeKey: text(attributes.route_key),
    integrationId: text(attributes.target).replace(/^integrations\//, ""),
    authorizerId: optionalText(attributes.authorizer_id),
  };
}
