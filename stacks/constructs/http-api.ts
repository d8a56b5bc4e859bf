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
import { LakeSubscription } from "./lake-subscription.ts";
import type { NodeFunction } from "./node-function.ts";

/** A route, as a service declares it. */
export interface HttpRoute {
  readonly method: string;
  readonly path: string;
  /** `user` requires the authorizer; `none` allows every request. */
  readonly authorization: "user" | "none";
}

/** A stage of the API. */
export interface HttpStage {
  /** `$default` is served at the root of the API's endpoint, every other stage below `/<name>`. */
  readonly name: string;
  /** The functions, or aliases of functions, that the stage may invoke, by construct ID. */
  readonly targets: Readonly<Record<string, HttpTarget>>;
  /** Stage variables, which the integration URI refers to as `${stageVariables.…}`. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly throttling: Throttling;
}

export interface HttpTarget {
  readonly functionName: string;
  readonly qualifier?: string;
}

/** The routes that one function implements. */
export interface HttpIntegration {
  /** The integration URI: the `invokeArn` of a function, which may contain stage variables. */
  readonly invokeArn: string;
  readonly routes: readonly HttpRoute[];
  /**
   * Whether the function also receives the requests that no route matches, without authorization, so that API Gateway
   * does not answer them by itself.
   */
  readonly handlesUnmatched?: boolean;
}

export interface HttpApiProps {
  /** The API's name after the prefix. */
  readonly name: string;
  readonly description: string;
  /** By construct ID. */
  readonly integrations: Readonly<Record<string, HttpIntegration>>;
  /** Required if any route has the authorization `user`. */
  readonly authorizer?: NodeFunction;
  readonly stages: readonly HttpStage[];
  /** Whether paths contain personal data, which the access log must not contain. */
  readonly personalPaths?: boolean;
  /** Whether the `execute-api` endpoint is disabled, so that the API is available at its custom domain only. */
  readonly customDomainOnly?: boolean;
}

/** The maximum time that a revoked user still has access. */
export const AUTHORIZER_CACHE_SECONDS = 300;

/** The format of the access log. It omits headers and the query string, which contain credentials and signatures. */
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

/** An HTTP API with a Lambda integration, an optional Lambda authorizer, and an access log. */
export class HttpApi extends Construct {
  readonly id: string;
  /** The URL of the `execute-api` endpoint, without a trailing slash. */
  readonly endpoint: string;
  readonly #executionArn: string;
  readonly #logFormat: string;
  readonly #stages: ReadonlyMap<string, Apigatewayv2Stage>;

  constructor(scope: Construct, id: string, props: HttpApiProps) {
    super(scope, id);
    const stack = BaseStack.of(this);
    const api = new Apigatewayv2Api(this, "Api", {
      name: stack.physicalName("api", props.name),
      description: props.description,
      protocolType: "HTTP",
      disableExecuteApiEndpoint: props.customDomainOnly ?? false,
    });
    this.id = api.id;
    this.endpoint = api.apiEndpoint;
    this.#executionArn = api.executionArn;
    this.#logFormat = JSON.stringify(props.personalPaths ? ACCESS_LOG_WITHOUT_PATH : ACCESS_LOG);
    const routes = this.#routes(props);
    const log = new CloudwatchLogGroup(this, "AccessLog", {
      name: `/aws/apigateway/${stack.physicalName("api", props.name)}`,
      retentionInDays: stack.environment.logRetentionDays,
    });
    new LakeSubscription(this, "Lake", { logGroup: log });
    this.#stages = new Map(props.stages.map((stage) => [stage.name, this.#stage(stage, log, routes)]));
  }

  /** @throws TypeError when there is no such stage. */
  stage(name: string): Apigatewayv2Stage {
    const stage = this.#stages.get(name);
    if (!stage) throw new TypeError(`The API ${this.node.path} has no stage "${name}".`);
    return stage;
  }

  #routes({ integrations, authorizer }: HttpApiProps): Apigatewayv2Route[] {
    const userAuthorizer = authorizer && this.#authorizer(authorizer);
    return Object.entries(integrations).flatMap(([id, integration]) =>
      this.#integrate(id, integration, userAuthorizer),
    );
  }

  #integrate(
    id: string,
    { invokeArn, routes, handlesUnmatched }: HttpIntegration,
    userAuthorizer: Apigatewayv2Authorizer | undefined,
  ): Apigatewayv2Route[] {
    const integration = new Apigatewayv2Integration(this, id, {
      apiId: this.id,
      integrationType: "AWS_PROXY",
      integrationMethod: "POST",
      integrationUri: invokeArn,
      payloadFormatVersion: "2.0",
      timeoutMilliseconds: 30_000,
    });
    const target = `integrations/${integration.id}`;
    const unmatched = { apiId: this.id, routeKey: "$default", target, authorizationType: "NONE" };
    const fallback = handlesUnmatched ? [new Apigatewayv2Route(this, "Route-default", unmatched)] : [];
    const matched = routes.map(({ method, path, authorization }) => {
      if (authorization === "user" && !userAuthorizer) {
        throw new TypeError(`The route ${method} ${path} of ${this.node.path} requires an authorizer.`);
      }
      return new Apigatewayv2Route(this, routeId(method, path), {
        apiId: this.id,
        routeKey: `${method} ${path}`,
        target,
        ...(authorization === "user" && userAuthorizer
          ? { authorizationType: "CUSTOM", authorizerId: userAuthorizer.id }
          : { authorizationType: "NONE" }),
      });
    });
    return [...matched, ...fallback];
  }

  #authorizer(lambda: NodeFunction): Apigatewayv2Authorizer {
    const authorizer = new Apigatewayv2Authorizer(this, "Authorizer", {
      apiId: this.id,
      name: "users",
      authorizerType: "REQUEST",
      authorizerUri: lambda.invokeArn,
      authorizerPayloadFormatVersion: "2.0",
      enableSimpleResponses: true,
      // The address, because failed sign-ins are counted for each: a result must not be used for another address.
      identitySources: ["$request.header.Authorization", "$context.identity.sourceIp"],
      authorizerResultTtlInSeconds: AUTHORIZER_CACHE_SECONDS,
    });
    new LambdaPermission(this, "InvokeAuthorizer", {
      statementId: "AllowApi",
      functionName: lambda.resource.functionName,
      action: "lambda:InvokeFunction",
      principal: "apigateway.amazonaws.com",
      sourceArn: `${this.#executionArn}/authorizers/${authorizer.id}`,
    });
    return authorizer;
  }

  #stage(stage: HttpStage, log: CloudwatchLogGroup, routes: readonly Apigatewayv2Route[]): Apigatewayv2Stage {
    const { name, targets, variables, throttling } = stage;
    const isDefault = name === "$default";
    for (const [id, target] of Object.entries(targets)) {
      new LambdaPermission(this, isDefault ? id : `${id}-${name}`, {
        statementId: isDefault ? "AllowApi" : `AllowApi-${name}`,
        ...target,
        action: "lambda:InvokeFunction",
        principal: "apigateway.amazonaws.com",
        sourceArn: `${this.#executionArn}/${isDefault ? "*" : name}/*`,
      });
    }
    return new Apigatewayv2Stage(this, isDefault ? "Stage" : `Stage-${name}`, {
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
      dependsOn: [...routes], // The first automatic deployment includes all routes.
    });
  }
}

/** `GET /api/files/{key+}` → `Route-GET-api-files-key`, which does not depend on the other routes. */
function routeId(method: string, path: string): string {
  const words = path.split(/[^A-Za-z0-9_]+/).filter(Boolean);
  return ["Route", method, ...words].join("-");
}
