import type { Attributes, ResourceHandler, TerraformParts } from "../../provider/resource.ts";
import { arn } from "../../runtime/account.ts";
import type { CustomDomains } from "./custom-domains.ts";
import { apiMappingResource, domainNameResource } from "./domain-resources.ts";
import type { HttpApi } from "./http-api.ts";
import {
  authorizerOf,
  badRequest,
  corsOf,
  DEFAULT_RESULT_TTL_SECONDS,
  integrationOf,
  MAX_INTEGRATION_TIMEOUT_MS,
  routeOf,
  stageOf,
  text,
} from "./model.ts";

/** What the resources need of the service. */
export interface ApiHost {
  readonly domains: CustomDomains;
  api(id: string): HttpApi;
  open(id: string): Promise<HttpApi>;
  delete(id: string): Promise<void>;
}

/** The parts of an HTTP API as Terraform resources. A change of any of them is live at once, on every stage. */
export function apiGatewayTerraform(host: ApiHost, newId: (length: number) => string): TerraformParts {
  return {
    resources: [
      apiResource(host, newId),
      stageResource(host, newId),
      routeResource(host, newId),
      integrationResource(host, newId),
      authorizerResource(host, newId),
      domainNameResource(newId),
      apiMappingResource(host.domains, newId),
    ],
  };
}

function apiResource(host: ApiHost, newId: (length: number) => string): ResourceHandler {
  return {
    type: "aws_apigatewayv2_api",
    async create(planned) {
      if (planned.protocol_type !== "HTTP")
        throw badRequest("The local stand-in serves HTTP APIs only, no WebSocket APIs.");
      if (planned.body || planned.target)
        throw badRequest("The local stand-in takes no APIs by OpenAPI body or quick create.");
      const id = newId(10);
      const { endpoint, executionArn } = await host.open(id);
      return { id, api_endpoint: endpoint, arn: apiArn(id), execution_arn: executionArn };
    },
    async start(attributes) {
      const api = await host.open(text(attributes.id));
      api.parts.cors = corsOf(attributes);
      api.parts.isReachedByDomainOnly = attributes.disable_execute_api_endpoint === true;
    },
    read: (attributes) => ({ api_endpoint: host.api(text(attributes.id)).endpoint }),
    delete: (attributes) => host.delete(text(attributes.id)),
  };
}

function stageResource(host: ApiHost, newId: (length: number) => string): ResourceHandler {
  const invokeUrl = ({ api_id, name }: Attributes) =>
    `${apiOf(host, { api_id }).endpoint}/${name === "$default" ? "" : text(name)}`;
  return {
    type: "aws_apigatewayv2_stage",
    identity: ({ api_id, name }) => `${text(api_id)}/${text(name)}`,
    create(planned) {
      const name = text(planned.name);
      return {
        id: name,
        arn: `${apiArn(text(planned.api_id))}/stages/${name}`,
        execution_arn: `${apiOf(host, planned).executionArn}/${name}`,
        invoke_url: invokeUrl(planned),
        deployment_id: planned.auto_deploy === true ? newId(6) : "",
      };
    },
    start: (attributes) => void apiOf(host, attributes).parts.stages.set(text(attributes.name), stageOf(attributes)),
    read: (attributes) => ({ invoke_url: invokeUrl(attributes) }),
    delete: (attributes) => void apiOf(host, attributes).parts.stages.delete(text(attributes.name)),
  };
}

function routeResource(host: ApiHost, newId: (length: number) => string): ResourceHandler {
  const check = ({ route_key, authorization_type, authorizer_id }: Attributes) => {
    if (!/^(\$default|(ANY|GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) \/\S*)$/.test(text(route_key))) {
      throw badRequest(
        'The provided route key is not formatted properly for HTTP protocol. Format should be "<HTTP METHOD> /<RESOURCE PATH>" or "$default"',
      );
    }
    const type = text(authorization_type) || "NONE";
    if (type !== "NONE" && type !== "CUSTOM") throw badRequest(`The local stand-in does not authorize by ${type}.`);
    if (type === "CUSTOM" && !authorizer_id)
      throw badRequest("AuthorizerId is required when AuthorizationType is CUSTOM");
  };
  return {
    type: "aws_apigatewayv2_route",
    identity: ({ api_id, route_key }) => `${text(api_id)}/${text(route_key)}`,
    create(planned) {
      check(planned);
      apiOf(host, planned);
      return { id: newId(7) };
    },
    update(planned) {
      check(planned);
      return {};
    },
    start: (attributes) => apiOf(host, attributes).parts.putRoute(routeOf(attributes)),
    delete: (attributes) => apiOf(host, attributes).parts.deleteRoute(text(attributes.id)),
  };
}

function integrationResource(host: ApiHost, newId: (length: number) => string): ResourceHandler {
  const check = ({ integration_type, integration_subtype, integration_uri }: Attributes) => {
    const isLambda =
      integration_type === "AWS_PROXY" && !integration_subtype && text(integration_uri).includes(":function:");
    if (!isLambda) throw badRequest("The local stand-in integrates Lambda functions only (AWS_PROXY).");
  };
  return {
    type: "aws_apigatewayv2_integration",
    create(planned) {
      check(planned);
      apiOf(host, planned);
      return {
        id: newId(7),
        timeout_milliseconds: MAX_INTEGRATION_TIMEOUT_MS,
        integration_response_selection_expression: "",
      };
    },
    update(planned) {
      check(planned);
      return {};
    },
    start: (attributes) =>
      void apiOf(host, attributes).parts.integrations.set(text(attributes.id), integrationOf(attributes)),
    delete: (attributes) => void apiOf(host, attributes).parts.integrations.delete(text(attributes.id)),
  };
}

function authorizerResource(host: ApiHost, newId: (length: number) => string): ResourceHandler {
  return {
    type: "aws_apigatewayv2_authorizer",
    create(planned) {
      if (planned.authorizer_type !== "REQUEST") {
        throw badRequest(
          `The local stand-in has Lambda (REQUEST) authorizers only, not ${text(planned.authorizer_type)}.`,
        );
      }
      apiOf(host, planned);
      return { id: newId(6), authorizer_result_ttl_in_seconds: DEFAULT_RESULT_TTL_SECONDS };
    },
    start: (attributes) => apiOf(host, attributes).putAuthorizer(authorizerOf(attributes)),
    delete: (attributes) => void apiOf(host, attributes).parts.authorizers.delete(text(attributes.id)),
  };
}

function apiOf(host: ApiHost, { api_id }: Attributes): HttpApi {
  return host.api(text(api_id));
}

function apiArn(id: string): string {
  return arn("apigateway", `/apis/${id}`).replace(/:\d{12}:/, "::");
}
