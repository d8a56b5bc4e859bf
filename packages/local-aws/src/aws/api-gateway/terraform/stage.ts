import { blocks, number, text } from "../../../provider/attributes.ts";
import type { Attributes, ResourceHandler } from "../../../provider/resource-handler.ts";
import type { HttpApis } from "../http-apis.ts";
import type { Stage, Throttling } from "../stage.ts";
import { apiArn } from "./management-arn.ts";

/** Quota of an account and region: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const DEFAULT_THROTTLING: Throttling = { rate: 10_000, burst: 5_000 };

export function stageResource(apis: HttpApis, newId: (length: number) => string): ResourceHandler {
  const apiOf = ({ api_id }: Attributes) => apis.get(text(api_id));
  const invokeUrl = ({ api_id, name }: Attributes) =>
    `${apiOf({ api_id }).endpoint}/${name === "$default" ? "" : text(name)}`;
  return {
    type: "aws_apigatewayv2_stage",
    identity: ({ api_id, name }) => `${text(api_id)}/${text(name)}`,
    create(planned) {
      const name = text(planned.name);
      return {
        id: name,
        arn: `${apiArn(text(planned.api_id))}/stages/${name}`,
        execution_arn: `${apiOf(planned).executionArn}/${name}`,
        invoke_url: invokeUrl(planned),
        deployment_id: planned.auto_deploy === true ? newId(6) : "",
      };
    },
    start: (attributes) => void apiOf(attributes).configuration.stages.set(text(attributes.name), stageOf(attributes)),
    read: (attributes) => ({ invoke_url: invokeUrl(attributes) }),
    delete: (attributes) => void apiOf(attributes).configuration.stages.delete(text(attributes.name)),
  };
}

function stageOf(attributes: Attributes): Stage {
  const [defaults = {}] = blocks(attributes.default_route_settings);
  const [log] = blocks(attributes.access_log_settings);
  const throttling = throttlingOf(defaults, DEFAULT_THROTTLING);
  return {
    name: text(attributes.name),
    variables: (attributes.stage_variables ?? {}) as Record<string, string>,
    throttling,
    routeThrottling: new Map(
      blocks(attributes.route_settings).map((settings) => [
        text(settings.route_key),
        throttlingOf(settings, throttling),
      ]),
    ),
    accessLog: log && {
      group: text(log.destination_arn)
        .replace(/^arn:aws:logs:[^:]*:[^:]*:log-group:/, "")
        .replace(/:\*$/, ""),
      format: text(log.format),
    },
  };
}

function throttlingOf(settings: Attributes, defaults: Throttling): Throttling {
  return {
    rate: number(settings.throttling_rate_limit, defaults.rate),
    burst: number(settings.throttling_burst_limit, defaults.burst),
  };
}
