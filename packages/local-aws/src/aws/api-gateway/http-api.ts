import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { BufferedResponse } from "../../http/buffered-response.ts";
import { readBody } from "../../http/read-body.ts";
import { arn } from "../../runtime/account.ts";
import type { Clock } from "../../runtime/clock.ts";
import { observe, type TrafficObserver } from "../../runtime/traffic.ts";
import { qualifiedName } from "../lambda/function-name.ts";
import type { LambdaInvoker } from "../lambda/invoker.ts";
import type { LogSink } from "../logs/log-sink.ts";
import { accessLogLine, accessLogStream, type Trace } from "./access-log.ts";
import { ApiConfiguration, type StagePath } from "./api-configuration.ts";
import { preflightResponse, withCorsHeaders } from "./cors.ts";
import { domain, type EventSource, integrationEvent } from "./event.ts";
import { encodeBody, type GatewayRequest, gatewayRequest, MAX_BODY_BYTES } from "./gateway-request.ts";
import { functionOf, runIntegration } from "./integration.ts";
import type { Authorizer } from "./lambda-authorizer.ts";
import { LambdaAuthorizer } from "./lambda-authorizer.ts";
import { ERROR_RESPONSES, sendResponse } from "./responses.ts";
import type { Route } from "./route.ts";
import type { RouteMatch } from "./route-table.ts";
import type { Stage } from "./stage.ts";
import { Throttle } from "./throttle.ts";

/** Idle connections of clients are closed after about the same time as on AWS. */
const KEEP_ALIVE_MS = 60_000;
/** Above the limit of API Gateway, so that Node.js does not reject the request first. */
const PARSED_HEADER_BYTES = 65_536;
/** Time limit for requests in flight when the API is closed. */
const CLOSE_LIMIT_MS = 2_000;

/** The API and the stage to which a custom domain maps a path; possibly not the API whose port received the request. */
export interface MappedStage extends StagePath {
  readonly api: HttpApi;
}

export interface HttpApiOptions {
  readonly id: string;
  readonly lambda: LambdaInvoker;
  readonly logs: LogSink;
  readonly clock: Clock;
  readonly findMappedStage: (domainName: string, path: string) => MappedStage | undefined;
  /** Called for each request that was answered. */
  readonly onRequest?: TrafficObserver["onRequest"];
}

/** One HTTP API on a loopback port. */
export class HttpApi {
  readonly configuration = new ApiConfiguration();
  readonly #id: string;
  readonly #lambda: LambdaInvoker;
  readonly #logs: LogSink;
  readonly #clock: Clock;
  readonly #findMappedStage: HttpApiOptions["findMappedStage"];
  readonly #onRequest: HttpApiOptions["onRequest"];
  readonly #throttle: Throttle;
  readonly #server: Server;
  #endpoint = "";

  constructor({ id, lambda, logs, clock, findMappedStage, onRequest }: HttpApiOptions) {
    this.#id = id;
    this.#lambda = lambda;
    this.#logs = logs;
    this.#clock = clock;
    this.#findMappedStage = findMappedStage;
    this.#onRequest = onRequest;
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

  /** Stops after the requests in flight, within a time limit. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeIdleConnections();
    const timer = setTimeout(() => this.#server.closeAllConnections(), CLOSE_LIMIT_MS);
    await closed;
    clearTimeout(timer);
  }

  /** Adds or replaces an authorizer, with an empty cache. */
  putAuthorizer(authorizer: Authorizer): void {
    const options = { lambda: this.#lambda, clock: this.#clock, executionArn: this.executionArn };
    this.configuration.authorizers.set(authorizer.id, new LambdaAuthorizer(authorizer, options));
  }

  async #serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = gatewayRequest(message, this.#clock.now());
    const mapped = this.#findMappedStage(domain(request).domainName, request.path);
    const api = mapped?.api ?? this;
    const trace: Trace = {};
    observe(message, response, this.#clock, this.#onRequest, () => ({
      entrance: "api-gateway",
      name: api.#id,
      dimensions: { ApiId: api.#id, ...(trace.stage && { Stage: trace.stage.name }) },
      servedBy: trace.functionName,
    }));
    let buffered: BufferedResponse;
    try {
      buffered = await api.#respond(message, request, trace, mapped ?? this.configuration.stageOf(request.path));
    } catch (error) {
      if (message.destroyed && !message.complete) return; // The client has disconnected.
      console.error(error);
      buffered = ERROR_RESPONSES.internalServerError;
    }
    message.resume(); // Unread data would block the next request of the connection.
    sendResponse(response, buffered, request.requestId, request.method);
    api.#log(request, buffered, trace);
  }

  async #respond(
    message: IncomingMessage,
    request: GatewayRequest,
    trace: Trace,
    target: StagePath | undefined,
  ): Promise<BufferedResponse> {
    if (request.isOverHeaderLimit) return ERROR_RESPONSES.headersTooLarge;
    const { cors } = this.configuration;
    if (!cors) return this.#route(message, request, trace, target);
    const preflight = preflightResponse(cors, request);
    return preflight ?? withCorsHeaders(cors, request, await this.#route(message, request, trace, target));
  }

  async #route(
    message: IncomingMessage,
    request: GatewayRequest,
    trace: Trace,
    target: StagePath | undefined,
  ): Promise<BufferedResponse> {
    if (!target) return ERROR_RESPONSES.notFound;
    const { stage, path } = target;
    trace.stage = stage;
    let match: RouteMatch | undefined;
    try {
      match = this.configuration.match(request.method, path);
    } catch {
      return ERROR_RESPONSES.badRequest;
    }
    if (!match) return ERROR_RESPONSES.notFound;
    trace.routeKey = match.route.routeKey;
    if (!this.#throttle.admits(stage, match.route.routeKey)) return ERROR_RESPONSES.tooManyRequests;
    const source: EventSource = { apiId: this.#id, request, stage, match };
    const rejection = await this.#authorize(source, path, trace);
    return rejection ?? this.#integrate(message, source, trace);
  }

  /** Undefined for an authorized request. */
  async #authorize(source: EventSource, path: string, trace: Trace): Promise<BufferedResponse | undefined> {
    const { request, stage, match } = source;
    if (match.route.authorizerId === undefined) return undefined;
    const authorizer = this.configuration.authorizers.get(match.route.authorizerId);
    const routeArn = `${this.executionArn}/${stage.name}/${request.method}${path}`;
    const result = await authorizer?.authorize(source, routeArn);
    if (!result || result.kind === "failed") return ERROR_RESPONSES.internalServerError;
    if (result.kind !== "allowed") return ERROR_RESPONSES[result.kind];
    trace.authorizer = result.authorizer;
    return undefined;
  }

  async #integrate(message: IncomingMessage, source: EventSource, trace: Trace): Promise<BufferedResponse> {
    const { request, stage, match } = source;
    const integration = this.configuration.integrations.get(match.route.integrationId);
    if (!integration) return ERROR_RESPONSES.notFound;
    const { body, isTooLarge } = await readBody(message, MAX_BODY_BYTES);
    if (isTooLarge) return ERROR_RESPONSES.entityTooLarge;
    const started = performance.now();
    const event = integrationEvent(
      integration.payloadFormat,
      { ...source, authorizer: trace.authorizer },
      encodeBody(request, body),
    );
    const sourceArn = this.#sourceArn(stage, match.route, request);
    trace.functionName = qualifiedName(functionOf(integration.uri, stage.variables));
    const { response, error } = await runIntegration(this.#lambda, integration, event, stage, sourceArn);
    trace.integrationLatency = Math.round(performance.now() - started);
    trace.integrationStatus = response.status;
    trace.integrationError = error;
    return response;
  }

  /**
   * The ARN to compare with `source_arn` of a permission: API, stage, method and path of the route, with its variables.
   */
  #sourceArn(stage: Stage, { routeKey }: Route, { method }: GatewayRequest): string {
    const route = routeKey === "$default" ? "/$default" : `/${method}${routeKey.replace(/^\S+ /, "")}`;
    return `${this.executionArn}/${stage.name}${route}`;
  }

  #log(request: GatewayRequest, response: BufferedResponse, trace: Trace): void {
    const { stage } = trace;
    if (!stage?.accessLog) return;
    const { group, format } = stage.accessLog;
    const line = accessLogLine(format, { apiId: this.#id, request, response, trace, respondedAt: this.#clock.now() });
    this.#logs.write(group, accessLogStream(this.#id, stage.name), [line]);
  }
}
