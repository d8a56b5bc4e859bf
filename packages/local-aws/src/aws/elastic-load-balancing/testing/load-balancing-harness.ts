import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openAccess } from "../../../gateway/testing/served-service.ts";
import { TerraformWorkspace } from "../../../provider/testing/terraform.ts";
import { arn } from "../../../runtime/account.ts";
import { systemClock } from "../../../runtime/clock.ts";
import { AwsError } from "../../../runtime/error.ts";
import { Ports } from "../../../runtime/ports.ts";
import type { ServedRequest } from "../../../runtime/traffic.ts";
import type { Invocation, InvocationResult } from "../../lambda/invoker.ts";
import { ElasticLoadBalancing } from "../elastic-load-balancing.ts";

export const FUNCTION = arn("lambda", "function:shout");
/** Duration of a second of the load balancers, in milliseconds. */
const SECOND = 40;

/** Lambda with one function whose result the test sets. */
class FakeLambda {
  readonly invocations: Invocation[] = [];
  permits = true;
  /**
   * Returns the result of the function: JSON text, a value, an error that it throws, or an `AwsError` of Lambda itself.
   */
  respond: (event: Record<string, unknown>) => unknown = () => ({
    statusCode: 200,
    headers: { "content-type": "text/plain" },
    body: "from the function",
  });

  async invoke(invocation: Invocation): Promise<InvocationResult> {
    this.invocations.push(invocation);
    const result = await this.respond(JSON.parse(invocation.payload));
    if (result instanceof AwsError) throw result;
    const base = { executedVersion: "$LATEST", logTail: "" };
    if (result instanceof Error) return { ...base, payload: "{}", functionError: "Unhandled" };
    return { ...base, payload: typeof result === "string" ? result : JSON.stringify(result) };
  }

  checkPermission(): void {
    if (!this.permits) throw new AwsError("AccessDeniedException", "no", 403);
  }
}

export interface ReceivedResponse {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

type Blocks = Readonly<Record<string, unknown>>;

/** A load balancer `main` with a listener on port 80 that forwards to the target group `main`, created by Terraform. */
export class LoadBalancingHarness {
  readonly lambda = new FakeLambda();
  /** What the observer was told. */
  readonly requests: ServedRequest[] = [];
  /** From 0 up to 1: the random number that selects a weighted target group. */
  random = 0;
  readonly #directory = mkdtempSync(join(tmpdir(), "load-balancing-"));
  readonly #servers: Server[] = [];
  #ports: Ports;
  service: ElasticLoadBalancing;
  readonly workspace: TerraformWorkspace;

  constructor() {
    [this.#ports, this.service] = this.#open();
    this.workspace = new TerraformWorkspace(this.service.terraform);
  }

  async start(): Promise<void> {
    await this.workspace.start();
  }

  async stop(): Promise<void> {
    this.workspace.stop();
    await this.#close();
    this.stopPrograms();
    rmSync(this.#directory, { recursive: true });
  }

  /** Starts a new instance with the same data folder and the resources that Terraform created. */
  async restart(): Promise<void> {
    await this.#close();
    [this.#ports, this.service] = this.#open();
    const handlers = new Map((this.service.terraform.resources ?? []).map((handler) => [handler.type, handler]));
    for (const { type, attributes } of this.workspace.records.all()) await handlers.get(type)?.start?.(attributes);
  }

  get targetGroups(): ElasticLoadBalancing["targetGroups"] {
    return this.service.targetGroups;
  }

  /**
   * @param group arguments of the target group.
   * @param more arguments of load balancer and listener, and further resources.
   */
  apply(
    group: Blocks,
    more: { readonly balancer?: Blocks; readonly listener?: Blocks; readonly resource?: Blocks } = {},
  ): Promise<string> {
    return this.workspace.apply({
      resource: {
        aws_lb: { main: { name: "front", subnets: ["subnet-1", "subnet-2"], ...more.balancer } },
        aws_lb_listener: { main: { ...LISTENER, ...more.listener } },
        aws_lb_target_group: { main: { name: "main", ...group } },
        ...more.resource,
      },
    });
  }

  url(path = "/"): string {
    return `http://${this.workspace.attributes("aws_lb.main").dns_name}${path}`;
  }

  groupArn(name = "main"): string {
    return String(this.workspace.attributes(`aws_lb_target_group.${name}`).arn);
  }

  /** The last event that the function received. */
  get event(): Record<string, unknown> {
    return JSON.parse(this.lambda.invocations.at(-1)?.payload ?? "{}");
  }

  /** Starts an HTTP server on a free port, as a task or an instance does. */
  async program(handle: (message: IncomingMessage, response: ServerResponse) => void): Promise<number> {
    const server = createServer({ keepAliveTimeout: 60_000 }, handle);
    this.#servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return (server.address() as AddressInfo).port;
  }

  stopPrograms(): void {
    for (const server of this.#servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  }

  /** Sends a request with headers and methods that `fetch` forbids. */
  send(
    path: string,
    options: { readonly method?: string; readonly headers?: Record<string, string | string[]> } = {},
  ): Promise<ReceivedResponse> {
    const { hostname, port } = new URL(this.url());
    return new Promise((resolve, reject) => {
      const outgoing = request({ hostname, port, path, ...options, agent: false }, (message) => {
        let body = "";
        message.on("data", (chunk) => (body += String(chunk)));
        message.on("end", () => resolve({ status: message.statusCode ?? 0, headers: message.headers, body }));
      });
      outgoing.on("error", reject);
      outgoing.end();
    });
  }

  #open(): [Ports, ElasticLoadBalancing] {
    const ports = new Ports(join(this.#directory, "ports.jsonl"));
    const service = new ElasticLoadBalancing({
      access: openAccess(),
      ports,
      lambda: this.lambda,
      clock: systemClock,
      random: () => this.random,
      second: SECOND,
      onRequest: (request) => this.requests.push(request),
    });
    return [ports, service];
  }

  async #close(): Promise<void> {
    await this.service.close();
    this.#ports.close();
  }
}

/** Arguments of the listener. */
export const LISTENER = {
  load_balancer_arn: "${aws_lb.main.arn}",
  port: 80,
  protocol: "HTTP",
  default_action: [{ type: "forward", target_group_arn: "${aws_lb_target_group.main.arn}" }],
};

/** A target group for functions, and a function in it. */
export const FUNCTION_GROUP = { target_type: "lambda" };
export const WITH_FUNCTION = {
  resource: {
    aws_lb_target_group_attachment: {
      main: { target_group_arn: "${aws_lb_target_group.main.arn}", target_id: FUNCTION },
    },
  },
};

/** A target group for HTTP servers, with the shortest interval of checks that AWS allows. */
export const PROGRAM_GROUP = {
  target_type: "ip",
  port: 80,
  protocol: "HTTP",
  vpc_id: "vpc-1",
  health_check: { path: "/health", interval: 5, healthy_threshold: 2, unhealthy_threshold: 2, timeout: 2 },
};
