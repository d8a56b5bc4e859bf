import { Apigatewayv2Api } from "@cdktf/provider-aws/lib/apigatewayv2-api/index.js";
import { Apigatewayv2Authorizer } from "@cdktf/provider-aws/lib/apigatewayv2-authorizer/index.js";
import { Apigatewayv2Integration } from "@cdktf/provider-aws/lib/apigatewayv2-integration/index.js";
import { Apigatewayv2Route } from "@cdktf/provider-aws/lib/apigatewayv2-route/index.js";
import { Apigatewayv2Stage } from "@cdktf/provider-aws/lib/apigatewayv2-stage/index.js";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group/index.js";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission/index.js";
import { Construct } from "constructs";
import { BaseStack } from "../base-stack.ts";
import type { NodeFunction } from "../constructs/node-function.ts";

/** A route as the service declares it. */
export interface HttpRoute {
  readonly method: string;
  readonly path: string;
  /** `none` is open to everybody. */
  readonly authorization: "user" | "none";
}

export interface HttpApiProps {
  readonly apiFunction: NodeFunction;
  readonly authorizer: NodeFunction;
  readonly routes: readonly HttpRoute[];
}

/** Seconds for which an answer of the authorizer counts: a revoked user is let in no longer than that. */
const AUTHORIZATION_KEPT_SECONDS = 300;

/** What the access log says of a request; neither its headers nor its query, which hold credentials and signatures. */
const ACCESS_LOG = JSON.stringify({
  requestId: "$context.requestId",
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
});

/** An HTTP API in front of one function, with an authorizer at every route that is not open. */
export class HttpApi extends Construct {
  readonly id: string;
  /** AWS's address of it, without a slash at its end. */
  readonly endpoint: string;
  readonly stage: Apigatewayv2Stage;
  readonly #executionArn: string;
  readonly #routes: readonly Apigatewayv2Route[];

  constructor(scope: Construct, id: string, { apiFunction, authorizer, routes }: HttpApiProps) {
    super(scope, id);
    const stack = BaseStack.of(this);
    const api = new Apigatewayv2Api(this, "Api", {
      name: stack.physicalName("api", "files"),
      description: "Files: list, upload, download and delete",
      protocolType: "HTTP",
      // with a domain of its own the API must not be reachable around it
      disableExecuteApiEndpoint: stack.environment.domain !== undefined,
    });
    this.id = api.id;
    this.endpoint = api.apiEndpoint;
    this.#executionArn = api.executionArn;
    const gate = this.#authorizer(authorizer);
    const integration = new Apigatewayv2Integration(this, "Function", {
      apiId: this.id,
      integrationType: "AWS_PROXY",
      integrationMethod: "POST",
      integrationUri: apiFunction.invokeArn,
      payloadFormatVersion: "2.0",
      timeoutMilliseconds: 30_000,
    });
    new LambdaPermission(this, "Invoke", {
      statementId: "AllowApi",
      functionName: apiFunction.function.functionName,
      action: "lambda:InvokeFunction",
      principal: "apigateway.amazonaws.com",
      sourceArn: `${this.#executionArn}/*/*`,
    });
    this.#routes = routes.map(
      ({ method, path, authorization }) =>
        new Apigatewayv2Route(this, routeId(method, path), {
          apiId: this.id,
          routeKey: `${method} ${path}`,
          target: `integrations/${integration.id}`,
          ...(authorization === "user"
            ? { authorizationType: "CUSTOM", authorizerId: gate.id }
            : { authorizationType: "NONE" }),
        }),
    );
    this.stage = this.#stage();
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

  #stage(): Apigatewayv2Stage {
    const stack = BaseStack.of(this);
    const { throttling } = stack.environment.api;
    const log = new CloudwatchLogGroup(this, "AccessLog", {
      name: `/aws/apigateway/${stack.physicalName("api", "files")}`,
      retentionInDays: stack.environment.logRetentionDays,
    });
    return new Apigatewayv2Stage(this, "Stage", {
      apiId: this.id,
      name: "$default",
      autoDeploy: true,
      accessLogSettings: { destinationArn: log.arn, format: ACCESS_LOG },
      defaultRouteSettings: {
        detailedMetricsEnabled: true,
        throttlingRateLimit: throttling.rate,
        throttlingBurstLimit: throttling.burst,
      },
      dependsOn: [...this.#routes], // the first deployment has them all
    });
  }
}

/** `GET /api/files/{key+}` → `GET-api-files-key`, which stays the same when routes before it come or go. */
function routeId(method: string, path: string): string {
  const words = path.split(/[^A-Za-z0-9_]+/).filter(Boolean);
  return ["Route", method, ...words].join("-");
}
