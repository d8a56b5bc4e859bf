import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  DeregisterTargetsCommand,
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { systemClock } from "../../cloud/clock.ts";
import { AwsError } from "../../cloud/error.ts";
import { Ports } from "../../cloud/ports.ts";
import { openAccess, ServedService } from "../../gateway/testing/served-service.ts";
import { TerraformWorkspace } from "../../provider/testing/terraform.ts";
import type { Invocation, InvocationResult } from "../lambda/invoker.ts";
import { ElasticLoadBalancing } from "./elastic-load-balancing.ts";

const FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:shout";
/** A second of the load balancer, in milliseconds. */
const SECOND = 40;

let directory: string;
let ports: Ports;
let service: ElasticLoadBalancing;
let workspace: TerraformWorkspace;
let answer: (event: Record<string, unknown>) => unknown;
let invocations: Invocation[];
let permitted: boolean;
let chance: number;
const servers: Server[] = [];

const lambda = {
  async invoke(invocation: Invocation): Promise<InvocationResult> {
    invocations.push(invocation);
    const result = await answer(JSON.parse(invocation.payload));
    const base = { executedVersion: "$LATEST", logTail: "" };
    if (result instanceof AwsError) throw result;
    if (result instanceof Error) return { ...base, payload: "{}", functionError: "Unhandled" };
    return { ...base, payload: typeof result === "string" ? result : JSON.stringify(result) };
  },
  checkPermission() {
    if (!permitted) throw new AwsError("AccessDeniedException", "no", 403);
  },
};

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "load-balancing-"));
  invocations = [];
  permitted = true;
  chance = 0;
  answer = () => ({ statusCode: 200, headers: { "content-type": "text/plain" }, body: "from the function" });
  start();
  await workspace.start();
});

afterEach(async () => {
  workspace.stop();
  await service.close();
  ports.close();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
  rmSync(directory, { recursive: true });
});

function start(): void {
  ports = new Ports(join(directory, "ports.jsonl"));
  const access = openAccess();
  service = new ElasticLoadBalancing({
    access,
    ports,
    lambda,
    clock: systemClock,
    random: () => chance,
    second: SECOND,
  });
  workspace = new TerraformWorkspace(service.terraform);
}

const balancer = { name: "front", subnets: ["subnet-1", "subnet-2"] };
const forward = [{ type: "forward", target_group_arn: "${aws_lb_target_group.main.arn}" }];
const listener = { load_balancer_arn: "${aws_lb.main.arn}", port: 80, protocol: "HTTP", default_action: forward };

type Blocks = Readonly<Record<string, unknown>>;

/** A load balancer with a listener on port 80 that leads to one group. */
function configuration(group: Blocks, more: { readonly balancer?: Blocks; readonly resource?: Blocks } = {}) {
  return {
    resource: {
      aws_lb: { main: { ...balancer, ...more.balancer } },
      aws_lb_listener: { main: listener },
      aws_lb_target_group: { main: { name: "main", ...group } },
      ...more.resource,
    },
  };
}

const lambdaGroup = { target_type: "lambda" };
const attachment = (target_id: string, port?: number) => ({
  aws_lb_target_group_attachment: { main: { target_group_arn: "${aws_lb_target_group.main.arn}", target_id, port } },
});
const withFunction = { resource: attachment(FUNCTION) };

const dnsName = () => String(workspace.attributes("aws_lb.main").dns_name);
const url = (path = "/") => `http://${dnsName()}${path}`;
const groupArn = (name = "main") => String(workspace.attributes(`aws_lb_target_group.${name}`).arn);

/** A program on a free port, as a task or an instance runs one. */
async function program(handle: (message: IncomingMessage, response: ServerResponse) => void): Promise<number> {
  const server = createServer(handle);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

/** As fetch, which forbids some headers and normalises paths. */
function send(
  target: string,
  options: { method?: string; path?: string; headers?: Record<string, string | string[]> } = {},
): Promise<{ status: number; headers: IncomingMessage["headers"]; body: string }> {
  const { hostname, port, pathname, search } = new URL(target);
  return new Promise((resolve, reject) => {
    const outgoing = request({ hostname, port, path: pathname + search, ...options, agent: false }, (message) => {
      let body = "";
      message.on("data", (chunk) => (body += String(chunk)));
      message.on("end", () => resolve({ status: message.statusCode ?? 0, headers: message.headers, body }));
    });
    outgoing.on("error", reject);
    outgoing.end();
  });
}

const event = () => JSON.parse(invocations.at(-1)?.payload ?? "{}") as Record<string, unknown>;

describe("a function as target", () => {
  it("gets the event of a load balancer and answers through it", async () => {
    await workspace.apply(configuration(lambdaGroup, withFunction));
    const response = await fetch(url("/any/path?a=b%20c&a=d&e"), {
      method: "POST",
      body: '{"data":"é"}',
      headers: { "content-type": "application/json", "x-forwarded-for": "203.0.113.9" },
    });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe("from the function");
    expect(invocations[0]?.source).toEqual({
      kind: "service",
      principal: "elasticloadbalancing.amazonaws.com",
      sourceArn: groupArn(),
    });
    expect(event()).toMatchObject({
      requestContext: { elb: { targetGroupArn: groupArn() } },
      httpMethod: "POST",
      path: "/any/path",
      queryStringParameters: { a: "d", e: "" },
      headers: {
        "content-type": "application/json",
        host: dnsName(),
        "x-forwarded-for": "203.0.113.9, 127.0.0.1",
        "x-forwarded-port": "80",
        "x-forwarded-proto": "http",
        "x-amzn-trace-id": expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/),
      },
      body: '{"data":"é"}',
      isBase64Encoded: false,
    });
    expect(event()).not.toHaveProperty("multiValueHeaders");
    await fetch(url("/?q=a%20b"));
    expect(event()).toMatchObject({ queryStringParameters: { q: "a%20b" }, body: "", isBase64Encoded: false });
  });

  it("gets and gives all values of a header when the group says so", async () => {
    await workspace.apply(configuration({ ...lambdaGroup, lambda_multi_value_headers_enabled: true }, withFunction));
    answer = () => ({ statusCode: 200, multiValueHeaders: { "set-cookie": ["a=1", "b=2"] }, body: "" });
    const { headers } = await send(url("/?a=1&a=2"), { headers: { "x-many": ["1", "2"] } });
    expect(headers["set-cookie"]).toEqual(["a=1", "b=2"]);
    expect(headers["content-type"]).toBe("application/octet-stream");
    expect(event()).toMatchObject({
      multiValueQueryStringParameters: { a: ["1", "2"] },
      multiValueHeaders: { "x-many": ["1", "2"] },
    });
    expect(event()).not.toHaveProperty("headers");
  });

  it.each([
    ["application/octet-stream", {}, true],
    ["text/plain", {}, false],
    ["application/json; charset=utf-8", {}, false],
    ["application/json", { "content-encoding": "gzip" }, true],
    ["application/problem+json", {}, true],
  ])("gets a body of %s %j in base64: %j", async (contentType, headers, isBase64Encoded) => {
    await workspace.apply(configuration(lambdaGroup, withFunction));
    const body = Buffer.from([0xff, 0x00, 0x41]);
    await fetch(url(), { method: "POST", body, headers: { "content-type": contentType, ...headers } });
    expect(event().isBase64Encoded).toBe(isBase64Encoded);
    if (isBase64Encoded) expect(Buffer.from(String(event().body), "base64")).toEqual(body);
  });

  it("is a bad gateway when it fails or does not answer as it must", async () => {
    await workspace.apply(configuration(lambdaGroup, withFunction));
    const bad = [
      new Error("failed"),
      new AwsError("TooManyRequestsException", "throttled", 429),
      "not json",
      "null",
      {},
      { statusCode: "200" },
      { statusCode: 99 },
      { statusCode: 200, body: { not: "text" } },
      { statusCode: 200, headers: { "x-number": 1 } },
      { statusCode: 200, headers: { "bad header": "x" } },
      { statusCode: 200, body: "x".repeat(1_048_576) },
    ];
    for (const result of bad) {
      answer = () => result;
      const response = await fetch(url());
      expect(response.status, JSON.stringify(result).slice(0, 80)).toBe(502);
      expect(response.headers.get("server")).toBe("awselb/2.0");
      expect(await response.text()).toBe(
        "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n",
      );
    }
  });

  it("takes and gives 1 MB, and no byte more", async () => {
    await workspace.apply(configuration(lambdaGroup, withFunction));
    const post = (bytes: number) => fetch(url(), { method: "POST", body: new Uint8Array(bytes) });
    expect((await post(1_048_576)).status).toBe(200);
    const refused = await post(1_048_577);
    expect(refused.status).toBe(413);
    expect(await refused.text()).toContain("413 Request Entity Too Large");
    const envelope = JSON.stringify({ statusCode: 200, body: "" }).length;
    answer = () => ({ statusCode: 200, body: "x".repeat(1_048_576 - envelope) });
    expect((await fetch(url())).status).toBe(200);
    answer = () => ({ statusCode: 200, body: "x".repeat(1_048_577 - envelope) });
    expect((await fetch(url())).status).toBe(502);
  });

  it("has as long as the load balancer may be idle", async () => {
    await workspace.apply(configuration(lambdaGroup, { ...withFunction, balancer: { idle_timeout: 1 } }));
    let finish = () => {};
    answer = () => new Promise((resolve) => (finish = () => resolve({ statusCode: 200 })));
    const response = await fetch(url());
    expect(response.status).toBe(504);
    expect(await response.text()).toContain("504 Gateway Time-out");
    finish();
  });

  it("cannot be attached without a permission", async () => {
    permitted = false;
    await expect(workspace.apply(configuration(lambdaGroup, withFunction))).rejects.toThrow(
      /does not have\s+permission to invoke/,
    );
  });

  it("is checked only when the group has a check", async () => {
    await workspace.apply(configuration(lambdaGroup, withFunction));
    expect(service.health(groupArn())).toMatchObject([{ state: "unavailable", reason: "Target.HealthCheckDisabled" }]);
    expect(invocations).toEqual([]);
    const health_check = { enabled: true, interval: 35, path: "/health" };
    await workspace.apply(configuration({ ...lambdaGroup, health_check }, withFunction));
    await vi.waitFor(() => expect(service.health(groupArn())).toMatchObject([{ state: "healthy" }]));
    expect(event()).toMatchObject({ path: "/health", headers: { "user-agent": "ELB-HealthChecker/2.0" }, body: "" });
  });

  it("answers HEAD without a body", async () => {
    await workspace.apply(configuration(lambdaGroup, withFunction));
    const response = await fetch(url(), { method: "HEAD" });
    expect([response.status, await response.text()]).toEqual([200, ""]);
  });
});

describe("a program as target", () => {
  const checked = {
    target_type: "ip",
    port: 80,
    protocol: "HTTP",
    vpc_id: "vpc-1",
    health_check: { path: "/health", interval: 5, healthy_threshold: 2, unhealthy_threshold: 2, timeout: 2 },
  };

  it("gets requests as they came, and what the load balancer knows of the client", async () => {
    const seen: { method?: string; url?: string; headers: IncomingMessage["headers"]; body: string }[] = [];
    const port = await program((message, response) => {
      let body = "";
      message.on("data", (chunk) => (body += String(chunk)));
      message.on("end", () => {
        if (message.url !== "/health") {
          const { method = "", url: path = "", headers } = message;
          seen.push({ method, url: path, headers, body });
        }
        response.writeHead(201, { "x-own": "yes", "set-cookie": ["a=1", "b=2"] }).end("made");
      });
    });
    await workspace.apply(configuration(checked));
    service.register(groupArn(), { id: "10.23.10.7", port });
    const response = await fetch(url("/add%20it?x=%41"), {
      method: "DELETE",
      body: "some body",
      headers: {
        "x-forwarded-for": "203.0.113.9",
        "x-amzn-trace-id": "Self=1-0-0;Root=1-67891233-abcdef012345678912345678;Mine=1",
      },
    });
    expect(response.status).toBe(201);
    expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    expect(await response.text()).toBe("made");
    expect(seen).toMatchObject([
      {
        method: "DELETE",
        url: "/add%20it?x=%41",
        body: "some body",
        headers: {
          host: dnsName(),
          "x-forwarded-for": "203.0.113.9, 127.0.0.1",
          "x-forwarded-proto": "http",
          "x-forwarded-port": "80",
          "x-amzn-trace-id": expect.stringMatching(
            /^Self=1-[0-9a-f]{8}-[0-9a-f]{24};Root=1-67891233-abcdef012345678912345678;Mine=1$/,
          ),
        },
      },
    ]);
    expect(service.requests(groupArn())).toBe(1);
  });

  it.each([
    ["append", "203.0.113.9, 127.0.0.1"],
    ["preserve", "203.0.113.9"],
    ["remove", undefined],
  ])("is told of the client by X-Forwarded-For: %s", async (mode, expected) => {
    let sent: unknown;
    const port = await program((message, response) => {
      if (message.url === "/") sent = message.headers["x-forwarded-for"];
      response.end();
    });
    await workspace.apply(configuration(checked, { balancer: { xff_header_processing_mode: mode } }));
    service.register(groupArn(), { id: "i-1", port });
    await fetch(url(), { headers: { "x-forwarded-for": "203.0.113.9" } });
    expect(sent).toBe(expected);
  });

  it("gets no header with a name that a server may take for another one, when the load balancer drops them", async () => {
    let sent: IncomingMessage["headers"] = {};
    const port = await program((message, response) => {
      if (message.url === "/") sent = message.headers;
      response.end();
    });
    await workspace.apply(configuration(checked, { balancer: { drop_invalid_header_fields: true } }));
    service.register(groupArn(), { id: "i-1", port });
    await send(url(), { headers: { x_user: "admin", "x-user": "me" } });
    expect(sent).toMatchObject({ "x-user": "me" });
    expect(sent).not.toHaveProperty("x_user");
  });

  it("takes turns with others, and a busy one gets less when the group counts", async () => {
    const served: string[] = [];
    const held: ServerResponse[] = [];
    const named = (name: string) =>
      program((message, response) => {
        if (message.url === "/health") return void response.end();
        served.push(name);
        if (message.url === "/held") held.push(response);
        else response.end();
      });
    const group = { ...checked, load_balancing_algorithm_type: "round_robin" };
    await workspace.apply(configuration(group));
    for (const name of ["one", "two"]) service.register(groupArn(), { id: name, port: await named(name) });
    await vi.waitFor(() =>
      expect(service.health(groupArn()).map(({ state }) => state)).toEqual(["healthy", "healthy"]),
    );
    for (let count = 0; count < 4; count += 1) await fetch(url());
    expect(served.filter((name) => name === "one")).toHaveLength(2);

    await workspace.apply(configuration({ ...group, load_balancing_algorithm_type: "least_outstanding_requests" }));
    served.length = 0;
    const busy = fetch(url("/held"));
    await vi.waitFor(() => expect(served).toHaveLength(1));
    for (let count = 0; count < 4; count += 1) await fetch(url());
    expect(new Set(served.slice(1))).toEqual(new Set([served[0] === "one" ? "two" : "one"]));
    held[0]?.end();
    await busy;
  });

  it("gets nothing while it is unhealthy, and comes back after enough good answers", async () => {
    let status = 200;
    let checks = 0;
    const sick = await program((message, response) => {
      if (message.url === "/health") checks += 1;
      response.writeHead(message.url === "/health" ? status : 200).end("sick");
    });
    const well = await program((_, response) => void response.end("well"));
    await workspace.apply(configuration(checked));
    for (const [id, port] of [
      ["sick", sick],
      ["well", well],
    ] as const)
      service.register(groupArn(), { id, port });
    const stateOf = (wanted: string) => service.health(groupArn()).find(({ target }) => target.id === wanted);
    await vi.waitFor(() => expect(stateOf("sick")?.state).toBe("healthy"));
    status = 503;
    await vi.waitFor(() =>
      expect(stateOf("sick")).toMatchObject({
        state: "unhealthy",
        reason: "Target.ResponseCodeMismatch",
        description: "Health checks failed with these codes: [503]",
      }),
    );
    for (let count = 0; count < 4; count += 1) expect(await (await fetch(url())).text()).toBe("well");
    status = 200;
    const before = checks;
    await vi.waitFor(() => expect(stateOf("sick")?.state).toBe("healthy"));
    expect(checks - before).toBeGreaterThanOrEqual(2);
  });

  it("is asked although unhealthy when all are", async () => {
    const port = await program(
      (message, response) => void response.writeHead(message.url === "/health" ? 500 : 200).end(),
    );
    await workspace.apply(configuration(checked));
    service.register(groupArn(), { id: "i-1", port });
    await vi.waitFor(() => expect(service.health(groupArn())).toMatchObject([{ state: "unhealthy" }]));
    expect((await fetch(url())).status).toBe(200);
  });

  it("is answered for by the load balancer: 503 without targets, 502 when it is gone or breaks off, 504 when it is silent", async () => {
    await workspace.apply(configuration(checked, { balancer: { idle_timeout: 2 } }));
    const status = async (path = "/") => {
      const response = await fetch(url(path));
      return [response.status, /<h1>(.*)<\/h1>/.exec(await response.text())?.[1]];
    };
    expect(await status()).toEqual([503, "503 Service Temporarily Unavailable"]);
    const port = await program((message, response) => {
      if (message.url === "/breaks") response.destroy();
      else if (message.url === "/health") response.end();
    });
    service.register(groupArn(), { id: "i-1", port });
    expect(await status("/breaks")).toEqual([502, "502 Bad Gateway"]);
    expect(await status("/silent")).toEqual([504, "504 Gateway Time-out"]);
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
    expect(await status()).toEqual([502, "502 Bad Gateway"]);
  });

  it("finishes what it has when it is deregistered, and gets no more", async () => {
    let finish = () => {};
    const port = await program((message, response) => {
      if (message.url === "/slow") finish = () => response.end("finished");
      else response.end();
    });
    await workspace.apply(configuration(checked));
    service.register(groupArn(), { id: "i-1", port });
    const slow = fetch(url("/slow"));
    await vi.waitFor(() => expect(service.requests(groupArn())).toBe(1));
    service.deregister(groupArn(), { id: "i-1" });
    expect(service.health(groupArn())).toMatchObject([
      { state: "draining", reason: "Target.DeregistrationInProgress" },
    ]);
    expect((await fetch(url())).status).toBe(503);
    finish();
    expect(await (await slow).text()).toBe("finished");
    await vi.waitFor(() => expect(service.health(groupArn())).toEqual([]));
  });
});

describe("a listener", () => {
  const fixed = (message_body: string, status_code = "200") => ({
    type: "fixed-response",
    fixed_response: { content_type: "text/plain", message_body, status_code },
  });
  const rule = (priority: number, condition: object[], action: object) => ({
    listener_arn: "${aws_lb_listener.main.arn}",
    priority,
    condition,
    action: [action],
  });

  it("asks its rules in order of priority and answers by the first whose conditions all hold", async () => {
    const aws_lb_listener_rule = {
      both: rule(
        10,
        [{ path_pattern: { values: ["/add*"] } }, { http_request_method: { values: ["POST"] } }],
        fixed("both"),
      ),
      path: rule(20, [{ path_pattern: { values: ["/add*", "/sum?"] } }], fixed("path")),
      host: rule(30, [{ host_header: { values: ["*.Example.com"] } }], fixed("host")),
      header: rule(40, [{ http_header: { http_header_name: "X-Kind", values: ["*cat*"] } }], fixed("header")),
      query: rule(50, [{ query_string: [{ key: "v", value: "1*" }, { value: "any" }] }], fixed("query")),
      source: rule(
        60,
        [{ source_ip: { values: ["127.0.0.0/8"] } }, { path_pattern: { values: ["/local"] } }],
        fixed("source"),
      ),
      foreign: rule(70, [{ source_ip: { values: ["203.0.113.0/24"] } }], fixed("foreign")),
    };
    await workspace.apply(configuration(lambdaGroup, { resource: { ...withFunction.resource, aws_lb_listener_rule } }));
    const text = async (path: string, options: Parameters<typeof send>[1] = {}) =>
      (await send(url(path), options)).body;
    expect(await text("/add_number", { method: "POST" })).toBe("both");
    expect(await text("/add_number")).toBe("path");
    expect(await text("/ADD_number")).toBe("from the function");
    expect(await text("/sums")).toBe("path");
    expect(await text("/summer")).toBe("from the function");
    expect(await text("/", { headers: { host: "api.example.COM:80" } })).toBe("host");
    expect(await text("/", { headers: { host: "example.com" } })).toBe("from the function");
    expect(await text("/", { headers: { "x-kind": "a CAT it is" } })).toBe("header");
    expect(await text("/?v=10")).toBe("query");
    expect(await text("/?other=ANY")).toBe("query");
    expect(await text("/?v=2")).toBe("from the function");
    expect(await text("/local")).toBe("source");
    expect((await workspace.plan()).code).toBe(0);
  });

  it("redirects to another listener where it is on this machine, and elsewhere as it is told", async () => {
    const redirect = (values: object) => ({ type: "redirect", redirect: { status_code: "HTTP_301", ...values } });
    const aws_lb_listener = {
      main: { ...listener, default_action: [redirect({ port: "443", protocol: "HTTPS" })] },
      secure: {
        ...listener,
        port: 443,
        protocol: "HTTPS",
        certificate_arn: "arn:aws:acm:us-east-1:000000000000:certificate/1",
        routing_http_response_strict_transport_security_header_value: "max-age=31536000",
      },
    };
    const aws_lb_listener_rule = {
      moved: rule(
        1,
        [{ path_pattern: { values: ["/old/*"] } }],
        redirect({ host: "new.example.com", path: "/new/#{path}", query: "from=#{host}", status_code: "HTTP_302" }),
      ),
    };
    await workspace.apply(
      configuration(lambdaGroup, { resource: { ...withFunction.resource, aws_lb_listener, aws_lb_listener_rule } }),
    );
    const response = await fetch(url("/a?b=c"), { redirect: "manual" });
    expect(response.status).toBe(301);
    const followed = await fetch(String(response.headers.get("location")));
    expect(followed.headers.get("strict-transport-security")).toBe("max-age=31536000");
    expect(event()).toMatchObject({
      path: "/a",
      queryStringParameters: { b: "c" },
      headers: { "x-forwarded-proto": "https", "x-forwarded-port": "443" },
    });
    const moved = await send(url("/old/x?y=z"), { headers: { host: "old.example.com" } });
    expect([moved.status, moved.headers.location]).toEqual([
      302,
      "http://new.example.com:80/new/old/x?from=old.example.com",
    ]);
  });

  it("divides requests between groups by their weights", async () => {
    const target_group = ["blue", "green"].map((name, index) => ({
      arn: `\${aws_lb_target_group.${name}.arn}`,
      weight: [90, 10][index],
    }));
    const group = { target_type: "ip", port: 80, protocol: "HTTP", vpc_id: "vpc-1" };
    await workspace.apply({
      resource: {
        aws_lb: { main: balancer },
        aws_lb_listener: { main: { ...listener, default_action: [{ type: "forward", forward: { target_group } }] } },
        aws_lb_target_group: { blue: { name: "blue", ...group }, green: { name: "green", ...group } },
      },
    });
    for (const name of ["blue", "green"]) {
      service.register(groupArn(name), { id: name, port: await program((_, response) => void response.end(name)) });
    }
    const counts: Record<string, number> = { blue: 0, green: 0 };
    for (let percent = 0; percent < 100; percent += 1) {
      chance = percent / 100;
      const name = await (await fetch(url())).text();
      counts[name] = (counts[name] ?? 0) + 1;
    }
    expect(counts).toEqual({ blue: 90, green: 10 });
  });

  it("refuses requests that are too long, traced, or came by too many proxies", async () => {
    await workspace.apply(configuration(lambdaGroup, withFunction));
    expect((await send(url(`/${"x".repeat(17_000)}`))).status).toBe(414);
    expect((await send(url(), { headers: { "x-long": "x".repeat(17_000) } })).status).toBe(400);
    expect((await send(url(), { method: "TRACE" })).status).toBe(405);
    expect(
      (await send(url(), { headers: { "x-forwarded-for": Array(31).fill("203.0.113.9").join(", ") } })).status,
    ).toBe(463);
    expect(invocations).toEqual([]);
  });

  it("is there no more when it is destroyed, and its group can be destroyed only then", async () => {
    await workspace.apply(configuration(lambdaGroup, withFunction));
    const address = url();
    await workspace.apply({});
    await expect(fetch(address)).rejects.toThrow();
    expect(service.groups).toEqual([]);
  });
});

it("is planned, made and kept by Terraform without a difference, and refuses what it cannot do", async () => {
  await workspace.apply(configuration({ ...lambdaGroup, health_check: { interval: 60 } }, withFunction));
  expect(await workspace.plan()).toMatchObject({ code: 0 });
  const arn = String(workspace.attributes("aws_lb.main").arn);
  expect(arn).toMatch(/^arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer\/app\/front\/[0-9a-f]{16}$/);
  expect(workspace.attributes("aws_lb.main").arn_suffix).toBe(arn.replace(/^.*:loadbalancer\//, ""));
  expect(workspace.attributes("aws_lb_listener.main").arn).toMatch(
    /:listener\/app\/front\/[0-9a-f]{16}\/[0-9a-f]{16}$/,
  );
  const network = configuration(lambdaGroup, {
    ...withFunction,
    balancer: { name: "n", load_balancer_type: "network" },
  });
  await expect(workspace.apply(network)).rejects.toThrow(/does not support a load balancer of type network/);
});

it("is looked at by the SDK, which brings targets and takes them away", async () => {
  await workspace.apply(
    configuration({ target_type: "ip", port: 8080, protocol: "HTTP", vpc_id: "vpc-1", health_check: { interval: 5 } }),
  );
  const served = await ServedService.start(service.service);
  const client = new ElasticLoadBalancingV2Client(served.client);
  try {
    const { LoadBalancers = [] } = await client.send(new DescribeLoadBalancersCommand({ Names: ["front"] }));
    expect(LoadBalancers).toMatchObject([{ DNSName: dnsName(), LoadBalancerName: "front", State: { Code: "active" } }]);
    const { TargetGroups = [] } = await client.send(
      new DescribeTargetGroupsCommand({ LoadBalancerArn: undefined, Names: ["main"] }),
    );
    const TargetGroupArn = groupArn();
    expect(TargetGroups).toMatchObject([
      { TargetGroupArn, Port: 8080, LoadBalancerArns: [LoadBalancers[0]?.LoadBalancerArn] },
    ]);
    const port = await program((_, response) => void response.end());
    const Targets = [{ Id: "10.23.10.7", Port: port }];
    await client.send(new RegisterTargetsCommand({ TargetGroupArn, Targets }));
    const health = async () => {
      const { TargetHealthDescriptions = [] } = await client.send(new DescribeTargetHealthCommand({ TargetGroupArn }));
      return TargetHealthDescriptions.map(({ Target, TargetHealth }) => [
        Target?.Id,
        Target?.Port,
        TargetHealth?.State,
      ]);
    };
    await expect.poll(health).toEqual([["10.23.10.7", port, "healthy"]]);
    expect((await fetch(url())).status).toBe(200);
    await client.send(new DeregisterTargetsCommand({ TargetGroupArn, Targets }));
    await expect.poll(health).toEqual([]);
    await expect(client.send(new DescribeTargetHealthCommand({ TargetGroupArn: "arn:none" }))).rejects.toMatchObject({
      name: "TargetGroupNotFoundException",
    });
  } finally {
    client.destroy();
    await served.stop();
  }
});

it("has the same address after a restart, and its targets that Terraform attached", async () => {
  await workspace.apply(configuration(lambdaGroup, withFunction));
  const address = url();
  const records = workspace.records.all();
  await service.close();
  ports.close();
  const before = workspace;
  start();
  try {
    const handlers = new Map((service.terraform.resources ?? []).map((handler) => [handler.type, handler]));
    permitted = false; // what AWS asks at registration it does not ask again
    for (const { type, attributes } of records) await handlers.get(type)?.start?.(attributes);
    expect(await (await fetch(address)).text()).toBe("from the function");
  } finally {
    await workspace.start();
    before.stop();
  }
});
