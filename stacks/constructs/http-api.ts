import { Apigatewayv2Api } from "@cdktf/provider-aws/lib/apigatewayv2-api/index.js";
import { Apigatewayv2Authorizer } from "@cdktf/provider-aws/lib/apigatewayv2-authorizer/index.js";
import { Apigatewayv2Integration } from "@cdktf/provider-aws/lib/apigatewayv2-integration/index.js";
import { Apigatewayv2Route } from "@cdktf/provider-aws/lib/apigatewayv2-route/index.js";
import { Apigatewayv2Stage } from "@cdktf/provider-aws/lib/apigatewayv2-stage/index.js";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group/index.js";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission/index.js";
import { Construct } from "constructs";
import { BaseStack } from "../base/base-stack.ts";
import type { Throttling } from "../environment/environment.ts";
import type { NodeFunction } from "./node-function.ts";

/** A route as the service declares it. */
export interface HttpRoute {
  readonly method: string;
  readonly path: string;
  /** `none` is open to everybody. */
  readonly authorization: "user" | "none";
}

/** One deployment of the API beside others. */
export interface HttpStage {
  /** `$default` answers at the API's address itself, any other below `/<name>`. */
  readonly name: string;
  /** What it calls and may call: a function, or an alias of one. */
  readonly target: { readonly functionName: string; readonly qualifier?: string };
  /** Filled into the integration's `${stageVariables.…}`. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly throttling: Throttling;
}

export interface HttpApiProps {
  /** The API's name after the prefix. */
  readonly thing: string;
  readonly description: string;
  /** Where requests go: a function's `invokeArn`, which may hold variables of the stages. */
  readonly invokeArn: string;
  readonly routes: readonly HttpRoute[];
  /** Who says which users come in at the routes that are not open. */
  readonly authorizer?: NodeFunction;
  readonly stages: readonly HttpStage[];
  /** Whether its paths name people: the log of its requests then has routes and no paths. */
  readonly personalPaths?: boolean;
  /** Whether only a domain of its own leads to it, and nothing around it. */
  readonly onlyByDomain?: boolean;
}

/** Seconds for which an answer of the authorizer counts: a revoked user is let in no longer than that. */
const AUTHORIZATION_KEPT_SECONDS = 300;

/** What the access log says of a request; neither its headers nor its query, which hold credentials and signatures. */
const ACCESS_LOG = {
  requestId: "$context.requestId",
  stage: "$context.stage",
  time: "$context.requestTime",
  ip: "$context.identity.sourceIp",
  method: "$context.httpMethod",
  route: "$context.routeKey",
  path: "$context.path",
  status: "$context.status",
  responseLength: "$context.responseLength",
  latency: "$context.responseLatency",
  integrationLatency: "$context.integrationLatency",
  integrationError: "$context.integrationErrorMessage",
  authorizerError: "$context.authorizer.error",
  userAgent: "$context.identity.userAgent",
};
const { path: _, ...ACCESS_LOG_WITHOUT_PATH } = ACCESS_LOG;

/** An HTTP API in front of a function, with an authorizer at every route that is not open. */
export class HttpApi extends Construct {
  readonly id: string;
  /** AWS's address of it, without a slash at its end. */
  readonly endpoint: string;
  readonly #executionArn: string;
  readonly #logFormat: string;
  readonly #stages: ReadonlyMap<string, Apigatewayv2Stage>;

  constructor(scope: Construct, id: string, props: HttpApiProps) {
    super(scope, id);
    const stack = BaseStack.of(this);
    const api = new Apigatewayv2Api(this, "Api", {
      name: stack.physicalName("api", props.thing),
      description: props.description,
      protocolType: "HTTP",
      disableExecuteApiEndpoint: props.onlyByDomain ?? false,
    });
    this.id = api.id;
    this.endpoint = api.apiEndpoint;
    this.#executionArn = api.executionArn;
    this.#logFormat = JSON.stringify(props.personalPaths ? ACCESS_LOG_WITHOUT_PATH : ACCESS_LOG);
    const routes = this.#routes(props);
    const log = new CloudwatchLogGroup(this, "AccessLog", {
      name: `/aws/apigateway/${stack.physicalName("api", props.thing)}`,
      retentionInDays: stack.environment.logRetentionDays,
    });
    this.#stages = new Map(props.stages.map((stage) => [stage.name, this.#stage(stage, log, routes)]));
  }

  stage(name: string): Apigatewayv2Stage {
    const stage = this.#stages.get(name);
    if (!stage) throw new TypeError(`${this.node.path} has no stage "${name}"`);
    return stage;
  }

  #routes({ invokeArn, authorizer, routes }: HttpApiProps): Apigatewayv2Route[] {
    const gate = authorizer && this.#authorizer(authorizer);
    const integration = new Apigatewayv2Integration(this, "Function", {
      apiId: this.id,
      integrationType: "AWS_PROXY",
      integrationMethod: "POST",
      integrationUri: invokeArn,
      payloadFormatVersion: "2.0",
      timeoutMilliseconds: 30_000,
    });
    return routes.map(({ method, path, authorization }) => {
      if (authorization === "user" && !gate)
        throw new TypeError(`${method} ${path} is for users and has no authorizer`);
      return new Apigatewayv2Route(this, routeId(method, path), {
        apiId: this.id,
        routeKey: `${method} ${path}`,
        target: `integrations/${integration.id}`,
        ...(authorization === "user" && gate
          ? { authorizationType: "CUSTOM", authorizerId: gate.id }
          : { authorizationType: "NONE" }),
      });
    });
  }

  #authorizer(authorizer: NodeFunction): Apigatewayv2Authorizer {
    const gate = new Apigatewayv2Authorizer(this, "Authorizer", {
      apiId: this.id,
      name: "users",
      authorizerType: "REQUEST",
      authorizerUri: authorizer.invokeArn,
      authorizerPayloadFormatVersion: "2.0",
      enableSimpleResponses: true,
      identitySources: ["$request.header.Authorization"],
      authorizerResultTtlInSeconds: AUTHORIZATION_KEPT_SECONDS,
    });
    new LambdaPermission(this, "InvokeAuthorizer", {
      statementId: "AllowApi",
      functionName: authorizer.function.functionName,
      action: "lambda:InvokeFunction",
      principal: "apigateway.amazonaws.com",
      sourceArn: `${this.#executionArn}/authorizers/${gate.id}`,
    });
    return gate;
  }

  #stage(stage: HttpStage, log: CloudwatchLogGroup, routes: readonly Apigatewayv2Route[]): Apigatewayv2Stage {
    const { name, target, variables, throttling } = stage;
    const isOnly = name === "$default";
    new LambdaPermission(this, isOnly ? "Invoke" : `Invoke-${name}`, {
      statementId: isOnly ? "AllowApi" : `AllowApi-${name}`,
      ...target,
      action: "lambda:InvokeFunction",
      principal: "apigateway.amazonaws.com",
      sourceArn: `${this.#executionArn}/${isOnly ? "*" : name}/*`,
    });
    return new Apigatewayv2Stage(this, isOnly ? "Stage" : `Stage-${name}`, {
      apiId: this.id,
      name,
      autoDeploy: true,
      ...(variables && { stageVariables: { ...variables } }),
      accessLogSettings: { destinationArn: log.arn, format: this.#logFormat },
      defaultRouteSettings: {
        detailedMetricsEnabled: true,
        throttlingRateLimit: throttling.rate,
        throttlingBurstLimit: throttling.burst,
      },
      dependsOn: [...routes], // the first deployment has them all
    });
  }
}

/** `GET /api/files/{key+}` → `GET-api-files-key`, which stays the same when routes before it come or go. */
function routeId(method: string, path: string): string {
  const words = path.split(/[^A-Za-z0-9_]+/).filter(Boolean);
  return ["Route", method, ...words].join("-");
}
