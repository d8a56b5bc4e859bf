import type { Clock } from "../../runtime/clock.ts";
import { isAllowed } from "../iam/policy.ts";
import type { LambdaInvoker } from "../lambda/invoker.ts";
import { type AuthorizerContext, authorizerEvent, type EventSource } from "./event.ts";
import { headerValues } from "./gateway-request.ts";
import { functionOf, invocationSource } from "./integration.ts";
import type { PayloadFormat } from "./payload-format.ts";

export interface Authorizer {
  readonly id: string;
  readonly uri: string;
  readonly payloadFormat: PayloadFormat;
  readonly simpleResponses: boolean;
  /** `$request.header.Authorization`, … */
  readonly identitySources: readonly string[];
  /** Seconds. */
  readonly resultTtl: number;
  readonly credentialsArn: string | undefined;
}

/** Number of cached responses above which expired ones are removed. */
const PRUNE_ABOVE = 1_000;

export type AuthorizationResult =
  | { readonly kind: "allowed"; readonly authorizer: AuthorizerContext }
  | { readonly kind: "unauthorized" | "forbidden" | "failed" };

/** Response of an authorizer function: the simple format, or a policy. */
interface AuthorizerResponse {
  readonly isAuthorized?: unknown;
  readonly principalId?: string;
  readonly policyDocument?: unknown;
  readonly context?: Readonly<Record<string, unknown>>;
}

export interface LambdaAuthorizerOptions {
  readonly lambda: LambdaInvoker;
  readonly clock: Clock;
  readonly executionArn: string;
}

/**
 * A Lambda REQUEST authorizer. It caches the responses of the function for the TTL of the authorizer, by the values of
 * the identity sources: a response is used for all routes, unless `$context.routeKey` is one of the sources.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html
 */
export class LambdaAuthorizer {
  readonly #authorizer: Authorizer;
  readonly #options: LambdaAuthorizerOptions;
  readonly #cache = new Map<string, { readonly response: AuthorizerResponse; readonly expiresAt: number }>();

  constructor(authorizer: Authorizer, options: LambdaAuthorizerOptions) {
    this.#authorizer = authorizer;
    this.#options = options;
  }

  async authorize(source: EventSource, routeArn: string): Promise<AuthorizationResult> {
    const identity = this.#authorizer.identitySources.map((expression) => identityValue(expression, source));
    if (!identity.every((value): value is string => value !== undefined && value !== ""))
      return { kind: "unauthorized" };
    const response = await this.#response(source, routeArn, identity);
    if (response === undefined) return { kind: "failed" };
    return this.#evaluate(response, routeArn);
  }

  async #response(
    source: EventSource,
    routeArn: string,
    identity: readonly string[],
  ): Promise<AuthorizerResponse | undefined> {
    const { resultTtl } = this.#authorizer;
    const { clock } = this.#options;
    const key = JSON.stringify([source.stage.name, ...identity]);
    const cached = this.#cache.get(key);
    if (cached && cached.expiresAt > clock.now()) return cached.response;
    const response = await this.#invoke(source, routeArn, identity);
    if (response && resultTtl > 0 && identity.length > 0) {
      this.#cache.set(key, { response, expiresAt: clock.now() + resultTtl * 1000 });
      this.#prune();
    }
    return response;
  }

  /** Undefined if the function failed or returned an invalid response. */
  async #invoke(
    source: EventSource,
    routeArn: string,
    identity: readonly string[],
  ): Promise<AuthorizerResponse | undefined> {
    const { id, uri, payloadFormat, simpleResponses, credentialsArn } = this.#authorizer;
    const { lambda, executionArn } = this.#options;
    try {
      const { payload, functionError } = await lambda.invoke({
        functionName: functionOf(uri, source.stage.variables),
        payload: JSON.stringify(authorizerEvent(payloadFormat, source, routeArn, identity)),
        type: "RequestResponse",
        source: invocationSource(`${executionArn}/authorizers/${id}`, credentialsArn),
      });
      if (functionError !== undefined) return undefined;
      const response = JSON.parse(payload) as AuthorizerResponse | null;
      const isValid = simpleResponses
        ? typeof response?.isAuthorized === "boolean"
        : response?.policyDocument !== undefined;
      return isValid && response !== null ? response : undefined;
    } catch {
      return undefined;
    }
  }

  #evaluate(response: AuthorizerResponse, routeArn: string): AuthorizationResult {
    const allowed = this.#authorizer.simpleResponses
      ? response.isAuthorized === true
      : isAllowed([JSON.stringify(response.policyDocument)], "execute-api:Invoke", routeArn);
    if (!allowed) return { kind: "forbidden" };
    return { kind: "allowed", authorizer: { principalId: response.principalId, context: response.context ?? {} } };
  }

  #prune(): void {
    if (this.#cache.size <= PRUNE_ABOVE) return;
    const now = this.#options.clock.now();
    for (const [key, { expiresAt }] of this.#cache) if (expiresAt <= now) this.#cache.delete(key);
  }
}

/** The value of `$request.header.x`, `$request.querystring.x`, `$context.x` or `$stageVariables.x`. */
function identityValue(expression: string, { request, stage, match, apiId }: EventSource): string | undefined {
  const [, from = "", name = ""] =
    /^\$(request\.header|request\.querystring|context|stageVariables)\.(.+)$/.exec(expression) ?? [];
  switch (from) {
    case "request.header":
      return headerValues(request, name).join(",");
    case "request.querystring":
      return new URLSearchParams(request.rawQueryString).getAll(name).join(",");
    case "stageVariables":
      return stage.variables[name];
    case "context":
      return {
        routeKey: match.route.routeKey,
        stage: stage.name,
        apiId,
        httpMethod: request.method,
        path: request.path,
        "identity.sourceIp": request.sourceIp,
      }[name];
    default:
      return undefined;
  }
}
