import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Attributes } from "../../../provider/resource-handler.ts";
import { ManagedResources } from "../../../provider/testing/managed-resources.ts";
import { arn, REGION } from "../../../runtime/account.ts";
import { AwsError } from "../../../runtime/error.ts";
import { Ports } from "../../../runtime/ports.ts";
import type { ServedRequest } from "../../../runtime/traffic.ts";
import type { Invocation, InvocationResult, LambdaInvoker } from "../../lambda/invoker.ts";
import { ApiGateway } from "../api-gateway.ts";

/**
 * Lambda with functions that are plain handlers. A thrown `AwsError` is an error of Lambda, any other error one of the
 * function.
 */
class FakeLambda implements LambdaInvoker {
  readonly handlers = new Map<string, (event: TestEvent) => unknown>();
  readonly invocations: Invocation[] = [];

  async invoke(invocation: Invocation): Promise<InvocationResult> {
    this.invocations.push(invocation);
    const [name = ""] = /[^:]+$/.exec(invocation.functionName) ?? [];
    const handler = this.handlers.get(name);
    if (!handler) throw new AwsError("ResourceNotFoundException", "Function not found", 404);
    const base = { executedVersion: "$LATEST", logTail: "" };
    try {
      return { ...base, payload: JSON.stringify((await handler(JSON.parse(invocation.payload))) ?? null) };
    } catch (error) {
      if (error instanceof AwsError) throw error;
      return { ...base, payload: JSON.stringify({ errorMessage: String(error) }), functionError: "Unhandled" };
    }
  }
}

// biome-ignore lint/suspicious/noExplicitAny: the shape of an event depends on the payload format
export type TestEvent = any;

/** Invoke ARN of a function, without its name and `/invocations`. */
export const FUNCTION = `arn:aws:apigateway:${REGION}:lambda:path/2015-03-31/functions/${arn("lambda", "function")}`;

/** An HTTP API on a port of its own, with functions that are plain handlers and a clock that tests set. */
export class ApiGatewayHarness {
  readonly lambda = new FakeLambda();
  /** Lines of the access logs. */
  readonly logged: string[] = [];
  /** What the observer was told. */
  readonly requests: ServedRequest[] = [];
  now = Date.parse("2026-11-21T09:00:00.000Z");
  readonly resources: ManagedResources;
  gateway: ApiGateway;
  /** The API of all resources without `api_id`. */
  api: Attributes = {};
  readonly #directory = mkdtempSync(join(tmpdir(), "api-gateway-"));
  #ports: Ports;

  private constructor() {
    this.#ports = this.#openPorts();
    this.gateway = this.#open();
    this.resources = new ManagedResources(this.gateway.terraform);
  }

  static async start(): Promise<ApiGatewayHarness> {
    const harness = new ApiGatewayHarness();
    harness.api = await harness.apply("aws_apigatewayv2_api", { name: "files", protocol_type: "HTTP" });
    return harness;
  }

  /** Starts a new instance with the same ports and resources. */
  async restart(): Promise<void> {
    await this.gateway.close();
    this.#ports.close();
    this.#ports = this.#openPorts();
    this.gateway = this.#open();
    await this.resources.restart(this.gateway.terraform);
  }

  async close(): Promise<void> {
    await this.gateway.close();
    this.#ports.close();
    this.resources.close();
    rmSync(this.#directory, { recursive: true });
  }

  /** Creates a resource, or updates the one that `prior` describes. */
  apply(type: string, config: Attributes, prior?: Attributes): Promise<Attributes> {
    const api = type === "aws_apigatewayv2_api" ? {} : { api_id: this.api.id };
    return this.resources.apply(type, { ...api, ...config }, prior);
  }

  /** Creates a `$default` stage, and routes with a function each. */
  async serve(
    routes: Record<string, (event: TestEvent) => unknown>,
    options: Attributes = {},
    integration: Attributes = {},
  ): Promise<void> {
    await this.apply("aws_apigatewayv2_stage", { name: "$default", auto_deploy: true, ...options });
    for (const [index, [route_key, handler]] of Object.entries(routes).entries()) {
      await this.route(route_key, `f${index}`, handler, {}, integration);
    }
  }

  /** Creates a route that invokes this handler. `options` are arguments of the route. */
  async route(
    route_key: string,
    name: string,
    handler: (event: TestEvent) => unknown,
    options: Attributes = {},
    integration: Attributes = {},
  ): Promise<void> {
    this.lambda.handlers.set(name, handler);
    const { id } = await this.apply("aws_apigatewayv2_integration", {
      integration_type: "AWS_PROXY",
      integration_uri: `${FUNCTION}:${name}/invocations`,
      payload_format_version: "2.0",
      ...integration,
    });
    await this.apply("aws_apigatewayv2_route", {
      route_key,
      target: `integrations/${id}`,
      authorization_type: "NONE",
      ...options,
    });
  }

  get(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(`${this.api.api_endpoint}${path}`, init);
  }

  #openPorts(): Ports {
    return new Ports(join(this.#directory, "ports.journal"));
  }

  #open(): ApiGateway {
    const logs = { write: (_: string, __: string, lines: readonly string[]) => void this.logged.push(...lines) };
    return new ApiGateway({
      ports: this.#ports,
      lambda: this.lambda,
      logs,
      clock: { now: () => this.now },
      onRequest: (request) => this.requests.push(request),
    });
  }
}
