import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { arn } from "../../runtime/account.ts";
import type { Clock } from "../../runtime/clock.ts";
import type { LambdaInvoker } from "../lambda/invoker.ts";
import type { LogSink } from "../logs/log-sink.ts";
import { accessLogLine, accessLogStream, type Trace } from "./access-log.ts";
import { ANSWERS, type Answer, sendAnswer } from "./answer.ts";
import { ApiParts, type StagePath } from "./api-parts.ts";
import { preflightAnswer, withCorsHeaders } from "./cors.ts";
import { domain, type EventSource, integrationEvent } from "./event.ts";
import { encodeBody, type GatewayRequest, gatewayRequest, readBody } from "./gateway-request.ts";
import { runIntegration } from "./integration.ts";
import { LambdaAuthorizer } from "./lambda-authorizer.ts";
import type { Authorizer, Route, Stage } from "./model.ts";
import type { RouteMatch } from "./route-table.ts";
import { Throttle } from "./throttle.ts";

/** An idle connection of a client is kept about as long as AWS keeps it. */
const KEEP_ALIVE_MS = 60_000;
/** Above API Gateway's own limit, so that its refusal is ours to write. */
const PARSED_HEADER_BYTES = 65_536;
/** How long requests under way may take when the API is closed. */
const CLOSE_LIMIT_MS = 2_000;

export interface HttpApiOptions {
  readonly id: string;
  readonly lambda: LambdaInvoker;
  readonly logs: LogSink;
  readonly clock: Clock;
  /** What a custom domain leads to: perhaps another API than the one whose port was called. */
  readonly mapped: (domainName: string, path: string) => (StagePath & { readonly api: HttpApi }) | undefined;
}

/** One HTTP API on a loopback port. */
export class HttpApi {
  readonly parts = new ApiParts();
  readonly #id: string;
  readonly #lambda: LambdaInvoker;
  readonly #logs: LogSink;
  readonly #clock: Clock;
  readonly #mapped: HttpApiOptions["mapped"];
  readonly #throttle: Throttle;
  readonly #server: Server;
  #endpoint = "";

  constructor({ id, lambda, logs, clock, mapped }: HttpApiOptions) {
    this.#id = id;
    this.#lambda = lambda;
    this.#logs = logs;
    this.#clock = clock;
    this.#mapped = mapped;
    this.#throttle = new Throttle(clock);
    this.#server = createServer(
      { keepAliveTimeout: KEEP_ALIVE_MS, maxHeaderSize: PARSED_HEADER_BYTES },
      (message, response) => void this.#serve(message, response),
    );
  }

  /** `http://127.0.0.1:<port>`. */
  get endpoint(): string {
    return this.#endpoint;
  }

  get executionArn(): string {
    return arn("execute-api", this.#id);
  }

  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", reject).listen(port, "127.0.0.1", resolve);
    });
    this.#endpoint = `http://127.0.0.1:${port}`;
  }

  /** Lets requests under way finish, within a limit. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeIdleConnections();
    const timer = setTimeout(() => this.#server.closeAllConnections(), CLOSE_LIMIT_MS);
    await closed;
    clearTimeout(timer);
  }

  /** Puts the authorizer with nothing remembered. */
  putAuthorizer(authorizer: Authorizer): void {
    const options = { lambda: this.#lambda, clock: this.#clock, executionArn: this.executionArn };
    this.parts.authorizers.set(authorizer.id, new LambdaAuthorizer(authorizer, options));
  }

  async #serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = gatewayRequest(message, this.#clock.now());
    const mapped = this.#mapped(domain(request).domainName, request.path);
    const api = mapped?.api ?? this;
    const trace: Trace = {};
    let answer: Answer;
    try {
      answer = await api.#answer(message, request, trace, mapped ?? this.parts.stageOf(request.path));
    } catch (error) {
      if (message.destroyed && !message.complete) return; // the client is gone
      console.error(error);
      answer = ANSWERS.internalServerError;
    }
    message.resume(); // what was not read would keep the connection from its next request
    sendAnswer(response, answer, request.requestId, request.method);
    api.#log(request, answer, trace);
  }

  async #answer(
    message: IncomingMessage,
    request: GatewayRequest,
    trace: Trace,
    target: StagePath | undefined,
  ): Promise<Answer> {
    if (request.isOverHeaderLimit) return ANSWERS.headersTooLarge;
    const { cors } = this.parts;
    if (!cors) return this.#route(message, request, trace, target);
    const preflight = preflightAnswer(cors, request);
    return preflight ?? withCorsHeaders(cors, request, await this.#route(message, request, trace, target));
  }

  async #route(
    message: IncomingMessage,
    request: GatewayRequest,
    trace: Trace,
    target: StagePath | undefined,
  ): Promise<Answer> {
    if (!target) return ANSWERS.notFound;
    const { stage, path } = target;
    trace.stage = stage;
    let match: RouteMatch | undefined;
    try {
      match = this.parts.match(request.method, path);
    } catch {
      return ANSWERS.badRequest;
    }
    if (!match) return ANSWERS.notFound;
    trace.routeKey = match.route.routeKey;
    if (!this.#throttle.admits(stage, match.route.routeKey)) return ANSWERS.tooManyRequests;
    const source: EventSource = { apiId: this.#id, request, stage, match };
    const refusal = await this.#authorize(source, path, trace);
    return refusal ?? this.#integrate(message, source, trace);
  }

  /** Undefined when the request may pass. */
  async #authorize(source: EventSource, path: string, trace: Trace): Promise<Answer | undefined> {
    const { request, stage, match } = source;
    if (match.route.authorizerId === undefined) return undefined;
    const authorizer = this.parts.authorizers.get(match.route.authorizerId);
    const routeArn = `${this.executionArn}/${stage.name}/${request.method}${path}`;
    const verdict = await authorizer?.authorize(source, routeArn);
    if (!verdict || verdict.kind === "failed") return ANSWERS.internalServerError;
    if (verdict.kind !== "allowed") return ANSWERS[verdict.kind];
    trace.authorizer = verdict.authorizer;
    return undefined;
  }

  async #integrate(message: IncomingMessage, source: EventSource, trace: Trace): Promise<Answer> {
    const { request, stage, match } = source;
    const integration = this.parts.integrations.get(match.route.integrationId);
    if (!integration) return ANSWERS.notFound;
    const body = await readBody(message);
    if (body === "too-large") return ANSWERS.entityTooLarge;
    const started = performance.now();
    const event = integrationEvent(
      integration.payloadFormat,
      { ...source, authorizer: trace.authorizer },
      encodeBody(request, body),
    );
    const sourceArn = this.#sourceArn(stage, match.route, request);
    const { answer, error } = await runIntegration(this.#lambda, integration, event, stage, sourceArn);
    trace.integrationLatency = Math.round(performance.now() - started);
    trace.integrationStatus = answer.status;
    trace.integrationError = error;
    return answer;
  }

  /** What a permission's `source_arn` is held against: API, stage, method and the route's path as it is written. */
  #sourceArn(stage: Stage, { routeKey }: Route, { method }: GatewayRequest): string {
    const route = routeKey === "$default" ? "/$default" : `/${method}${routeKey.replace(/^\S+ /, "")}`;
    return `${this.executionArn}/${stage.name}${route}`;
  }

  #log(request: GatewayRequest, answer: Answer, trace: Trace): void {
    const { stage } = trace;
    if (!stage?.accessLog) return;
    const { group, format } = stage.accessLog;
    const line = accessLogLine(format, { apiId: this.#id, request, answer, trace, answeredAt: this.#clock.now() });
    this.#logs.write(group, accessLogStream(this.#id, stage.name), [line]);
  }
}
