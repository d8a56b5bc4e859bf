import type { Clock } from "../../runtime/clock.ts";
import { isAllowed } from "../iam/policy.ts";
import type { LambdaInvoker } from "../lambda/invoker.ts";
import { type AuthorizerContext, authorizerEvent, type EventSource } from "./event.ts";
import { headerValues } from "./gateway-request.ts";
import { functionOf, invocationSource } from "./integration.ts";
import type { Authorizer } from "./model.ts";

/** Above this many answers, those that have expired are dropped. */
const PRUNE_ABOVE = 1_000;

export type Verdict =
  | { readonly kind: "allowed"; readonly authorizer: AuthorizerContext }
  | { readonly kind: "unauthorized" | "forbidden" | "failed" };

/** What an authorizer function may answer: the simple form, or a policy. */
interface AuthorizerAnswer {
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
 * A Lambda REQUEST authorizer: asks the function, and keeps its answer for as long as the authorizer's TTL says, by the values of the identity sources. So
 * an answer serves every route with the same identity, unless `$context.routeKey` is one of the sources.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html
 */
export class LambdaAuthorizer {
  readonly #authorizer: Authorizer;
  readonly #options: LambdaAuthorizerOptions;
  readonly #answers = new Map<string, { readonly answer: AuthorizerAnswer; readonly expiresAt: number }>();

  constructor(authorizer: Authorizer, options: LambdaAuthorizerOptions) {
    this.#authorizer = authorizer;
    this.#options = options;
  }

  async authorize(source: EventSource, routeArn: string): Promise<Verdict> {
    const identity = this.#authorizer.identitySources.map((expression) => identityValue(expression, source));
    if (!identity.every((value): value is string => value !== undefined && value !== ""))
      return { kind: "unauthorized" };
    const answer = await this.#answer(source, routeArn, identity);
    if (answer === undefined) return { kind: "failed" };
    return this.#verdict(answer, routeArn);
  }

  async #answer(
    source: EventSource,
    routeArn: string,
    identity: readonly string[],
  ): Promise<AuthorizerAnswer | undefined> {
    const { resultTtl } = this.#authorizer;
    const { clock } = this.#options;
    const key = JSON.stringify([source.stage.name, ...identity]);
    const kept = this.#answers.get(key);
    if (kept && kept.expiresAt > clock.now()) return kept.answer;
    const answer = await this.#ask(source, routeArn, identity);
    if (answer && resultTtl > 0 && identity.length > 0) {
      this.#answers.set(key, { answer, expiresAt: clock.now() + resultTtl * 1000 });
      this.#prune();
    }
    return answer;
  }

  /** Undefined when the function failed, or answered what is not an answer. */
  async #ask(
    source: EventSource,
    routeArn: string,
    identity: readonly string[],
  ): Promise<AuthorizerAnswer | undefined> {
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
      const answer = JSON.parse(payload) as AuthorizerAnswer | null;
      const isAnswer = simpleResponses
        ? typeof answer?.isAuthorized === "boolean"
        : answer?.policyDocument !== undefined;
      return isAnswer && answer !== null ? answer : undefined;
    } catch {
      return undefined;
    }
  }

  #verdict(answer: AuthorizerAnswer, routeArn: string): Verdict {
    const allowed = this.#authorizer.simpleResponses
      ? answer.isAuthorized === true
      : isAllowed([JSON.stringify(answer.policyDocument)], "execute-api:Invoke", routeArn);
    if (!allowed) return { kind: "forbidden" };
    return { kind: "allowed", authorizer: { principalId: answer.principalId, context: answer.context ?? {} } };
  }

  #prune(): void {
    if (this.#answers.size <= PRUNE_ABOVE) return;
    const now = this.#options.clock.now();
    for (const [key, { expiresAt }] of this.#answers) if (expiresAt <= now) this.#answers.delete(key);
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
