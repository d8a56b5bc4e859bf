import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text as readText } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { AwsError } from "../../cloud/error.ts";
import { Ports } from "../../cloud/ports.ts";
import type { Attributes } from "../../provider/resource.ts";
import { Unknown } from "../../provider/unknown.ts";
import type { Invocation, InvocationResult, LambdaInvoker } from "../lambda/invoker.ts";
import { ApiGateway } from "./api-gateway.ts";

/** Functions as plain handlers; a thrown `AwsError` refuses the invocation, any other error is the function's own. */
class TestLambda implements LambdaInvoker {
  readonly handlers = new Map<string, (event: TestEvent) => unknown>();
  readonly invocations: Invocation[] = [];

  async invoke(invocation: Invocation): Promise<InvocationResult> {
    this.invocations.push(invocation);
    const [name = ""] = /[^:]+$/.exec(invocation.functionName) ?? [];
    const handler = this.handlers.get(name);
    if (!handler) throw new AwsError("ResourceNotFoundException", "Function not found", 404);
    const done = { executedVersion: "$LATEST", logTail: "" };
    try {
      return { ...done, payload: JSON.stringify((await handler(JSON.parse(invocation.payload))) ?? null) };
    } catch (error) {
      if (error instanceof AwsError) throw error;
      return { ...done, payload: JSON.stringify({ errorMessage: String(error) }), functionError: "Unhandled" };
    }
  }
}

// biome-ignore lint/suspicious/noExplicitAny: an event is whatever the gateway makes of a request
type TestEvent = any;

const FUNCTION =
  "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function";

let directory: string;
let ports: Ports;
let lambda: TestLambda;
let logged: string[];
let now: number;
let gateway: ApiGateway;
let api: Attributes;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "api-gateway-"));
  ports = new Ports(join(directory, "ports.journal"));
  lambda = new TestLambda();
  logged = [];
  now = Date.parse("2026-11-21T09:00:00.000Z");
  gateway = open();
  api = await apply("aws_apigatewayv2_api", { name: "files", protocol_type: "HTTP" });
});

afterEach(async () => {
  await gateway.close();
  ports.close();
  rmSync(directory, { recursive: true });
});

function open(): ApiGateway {
  const logs = { write: (_: string, __: string, lines: readonly string[]) => void logged.push(...lines) };
  return new ApiGateway({ ports, lambda, logs, clock: { now: () => now } });
}

async function apply(type: string, attributes: Attributes): Promise<Attributes> {
  const handler = gateway.terraform.resources?.find((candidate) => candidate.type === type);
  const planned = { ...(api && { api_id: api.id }), ...attributes };
  const computed = (await handler?.create?.(planned, { account: "", region: "", config: attributes })) ?? {};
  const known = Object.entries(planned).filter(([, value]) => value !== undefined && !(value instanceof Unknown));
  const recorded = { ...computed, ...Object.fromEntries(known) };
  await handler?.start?.(recorded);
  return recorded;
}

/** A route to a handler of its own, in a `$default` stage. */
async function serve(
  routes: Record<string, (event: TestEvent) => unknown>,
  options: Attributes = {},
  integration: Attributes = {},
): Promise<void> {
  await apply("aws_apigatewayv2_stage", { name: "$default", auto_deploy: true, ...options });
  for (const [index, [route_key, handler]] of Object.entries(routes).entries()) {
    await route(route_key, `f${index}`, handler, {}, integration);
  }
}

async function route(
  route_key: string,
  name: string,
  handler: (event: TestEvent) => unknown,
  options: Attributes = {},
  integration: Attributes = {},
): Promise<void> {
  lambda.handlers.set(name, handler);
  const { id } = await apply("aws_apigatewayv2_integration", {
    integration_type: "AWS_PROXY",
    integration_uri: `${FUNCTION}:${name}/invocations`,
    payload_format_version: "2.0",
    ...integration,
  });
  await apply("aws_apigatewayv2_route", {
    route_key,
    target: `integrations/${id}`,
    authorization_type: "NONE",
    ...options,
  });
}

function get(path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${api.api_endpoint}${path}`, init);
}

describe("an event in format 2.0", () => {
  test("holds the request as API Gateway writes it", async () => {
    await serve({ "POST /items/{id}": (event) => event }, { stage_variables: { table: "files" } });
    const response = await get("/items/a%20b%2Fc?x=1&y=2&x=3&empty", {
      method: "POST",
      headers: { "Content-Type": "application/json", Cookie: "a=1; b=2", "X-Test": "one", "User-Agent": "test" },
      body: '{"é":1}',
    });
    const event = (await response.json()) as TestEvent;
    expect(event).toEqual({
      version: "2.0",
      routeKey: "POST /items/{id}",
      rawPath: "/items/a b/c",
      rawQueryString: "x=1&y=2&x=3&empty",
      cookies: ["a=1", "b=2"],
      headers: expect.objectContaining({
        "content-type": "application/json",
        "content-length": "8",
        "x-test": "one",
        "x-forwarded-for": "127.0.0.1",
        "x-forwarded-proto": "http",
        "x-amzn-trace-id": expect.stringMatching(/^Root=1-/),
      }),
      queryStringParameters: { x: "1,3", y: "2", empty: "" },
      requestContext: {
        accountId: "000000000000",
        apiId: api.id,
        domainName: "127.0.0.1",
        domainPrefix: "127",
        http: { method: "POST", path: "/items/a b/c", protocol: "HTTP/1.1", sourceIp: "127.0.0.1", userAgent: "test" },
        requestId: expect.stringMatching(/^[\w-]{15}=$/),
        routeKey: "POST /items/{id}",
        stage: "$default",
        time: "21/Nov/2026:09:00:00 +0000",
        timeEpoch: now,
      },
      pathParameters: { id: "a b/c" },
      stageVariables: { table: "files" },
      body: '{"é":1}',
      isBase64Encoded: false,
    });
    expect(event.headers).not.toHaveProperty("cookie");
    expect(response.headers.get("apigw-requestid")).toBe(event.requestContext.requestId);
    expect(lambda.invocations[0]?.source).toEqual({
      kind: "service",
      principal: "apigateway.amazonaws.com",
      sourceArn: `arn:aws:execute-api:us-east-1:000000000000:${api.id}/$default/POST/items/{id}`,
    });
  });

  test.each([
    ["text/html; charset=utf-8", false],
    ["application/json", false],
    ["application/problem+json", false],
    ["application/octet-stream", true],
    ["application/x-www-form-urlencoded", true],
    ["image/png", true],
  ])("gives a body of %s in base64: %s", async (type, isBase64Encoded) => {
    await serve({ "PUT /": (event) => event });
    const event = await (await get("/", { method: "PUT", headers: { "Content-Type": type }, body: "abc" })).json();
    expect(event).toMatchObject({ isBase64Encoded, body: isBase64Encoded ? "YWJj" : "abc" });
  });

  test("gives a body without a type in base64, since it may be any bytes", async () => {
    await serve({ "PUT /": ({ body, isBase64Encoded }) => ({ statusCode: 200, body, isBase64Encoded }) });
    const bytes = Buffer.from([0, 255, 128, 10]);
    const response = await get("/", { method: "PUT", body: bytes });
    expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes);
  });
});

describe("an event in format 1.0", () => {
  test("holds single and multiple values, and its answer may too", async () => {
    await serve(
      {
        "GET /items/{id}": (event) => ({
          statusCode: 200,
          multiValueHeaders: { "X-Many": ["a", "b"] },
          body: JSON.stringify(event),
        }),
      },
      {},
      { payload_format_version: "1.0" },
    );
    const response = await get("/items/7?x=1&x=2");
    expect(response.headers.get("x-many")).toBe("a, b");
    expect(await response.json()).toMatchObject({
      version: "1.0",
      resource: "/items/{id}",
      path: "/items/7",
      httpMethod: "GET",
      queryStringParameters: { x: "2" },
      multiValueQueryStringParameters: { x: ["1", "2"] },
      pathParameters: { id: "7" },
      stageVariables: null,
      body: null,
      requestContext: { resourcePath: "/items/{id}", identity: { sourceIp: "127.0.0.1" } },
    });
  });
});

describe("an answer", () => {
  test.each([
    ["an object without statusCode", { a: 1 }, 200, "application/json", '{"a":1}'],
    ["a string", "File uploaded", 200, "application/json", "File uploaded"],
    ["null", null, 200, "application/json", "null"],
    ["a structure without content type", { statusCode: 201, body: "done" }, 201, "text/plain;charset=UTF-8", "done"],
    ["a structure", { statusCode: "404", headers: { "Content-Type": "a/b" }, body: "no" }, 404, "a/b", "no"],
    ["base64", { statusCode: 200, body: "YWJj", isBase64Encoded: true }, 200, "text/plain;charset=UTF-8", "abc"],
    ["an impossible status", { statusCode: 1000 }, 500, "application/json", '{"message":"Internal Server Error"}'],
    [
      "an impossible header",
      { statusCode: 200, headers: { "x-a": "b\nc" } },
      500,
      "application/json",
      '{"message":"Internal Server Error"}',
    ],
  ])("of %s", async (_, result, status, contentType, body) => {
    await serve({ "GET /": () => result });
    const response = await get("/");
    expect([response.status, response.headers.get("content-type"), await response.text()]).toEqual([
      status,
      contentType,
      body,
    ]);
  });

  test("sets every cookie, and a HEAD has the length that the function says", async () => {
    await serve({
      "ANY /": () => ({ statusCode: 200, cookies: ["a=1", "b=2; Path=/"], headers: { "content-length": "12" } }),
    });
    const response = await get("/", { method: "HEAD" });
    expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2; Path=/"]);
    expect(response.headers.get("content-length")).toBe("12");
    expect((await get("/")).headers.get("content-length")).toBe("0");
  });

  test("of status 204 or 304 has no body", async () => {
    await serve({ "GET /": () => ({ statusCode: 304, headers: { etag: '"x"' }, body: "ignored" }) });
    const response = await get("/");
    expect([response.status, response.headers.get("etag"), await response.text()]).toEqual([304, '"x"', ""]);
  });
});

test("routes are taken by how specific they are", async () => {
  const name = (text: string) => () => ({ statusCode: 200, body: text });
  await serve({
    $default: name("default"),
    "ANY /{proxy+}": name("any greedy"),
    "GET /pets/{proxy+}": name("greedy"),
    "GET /pets/dog/{id}": name("variable"),
    "ANY /pets/dog/1": name("any literal"),
    "GET /pets/dog/1": name("literal"),
  });
  const answers = await Promise.all(
    ["/pets/dog/1", "/pets/dog/2", "/pets/cat/1", "/other/x", "/"].map(async (path) => (await get(path)).text()),
  );
  expect(answers).toEqual(["literal", "variable", "greedy", "any greedy", "default"]);
  expect(await (await get("/pets/dog/1", { method: "POST" })).text()).toBe("any literal");
});

test("what no route matches, or is escaped wrongly, is refused", async () => {
  await serve({ "GET /items/{id}": () => ({}) });
  const missing = await get("/nothing");
  expect([missing.status, await missing.json()]).toEqual([404, { message: "Not Found" }]);
  expect((await get("/items/1", { method: "DELETE" })).status).toBe(404);
  expect((await get("/items/%E0%A4")).status).toBe(400);
});

test("a named stage has its own prefix and variables, which choose the function", async () => {
  await serve({ "GET /x": () => ({}) });
  lambda.handlers.set("live", (event) => ({ path: event.rawPath, stage: event.requestContext.stage }));
  const stage = await apply("aws_apigatewayv2_stage", { name: "test", stage_variables: { alias: "live" } });
  expect(stage.invoke_url).toBe(`${api.api_endpoint}/test`);
  await route(
    "GET /y",
    "unused",
    () => ({}),
    {},
    { integration_uri: `${FUNCTION}:\${stageVariables.alias}/invocations` },
  );
  expect(await (await get("/test/y")).json()).toEqual({ path: "/test/y", stage: "test" });
  expect((await get("/y")).status).toBe(500);
});

describe("a failing integration", () => {
  test.each([
    [
      "a function that throws",
      () => {
        throw new Error("boom");
      },
      500,
      "Internal Server Error",
    ],
    [
      "a missing permission",
      () => {
        throw new AwsError("AccessDeniedException", "no", 403);
      },
      500,
      "Internal Server Error",
    ],
    [
      "a throttled function",
      () => {
        throw new AwsError("TooManyRequestsException", "Rate Exceeded.", 429);
      },
      503,
      "Service Unavailable",
    ],
    [
      "an event over Lambda's limit",
      () => {
        throw new AwsError("RequestEntityTooLargeException", "large", 413);
      },
      413,
      "Request Entity Too Large",
    ],
    [
      "a function that takes longer than the integration's timeout",
      () => new Promise(() => {}),
      503,
      "Service Unavailable",
    ],
  ])("%s", async (_, handler, status, message) => {
    await serve({ "GET /": handler }, {}, { timeout_milliseconds: 50 });
    const response = await get("/");
    expect([response.status, await response.json()]).toEqual([status, { message }]);
  });
});

describe("limits", () => {
  test("a body may have 10 MB and no byte more", async () => {
    await serve({ "PUT /": ({ body }) => ({ length: Buffer.from(body, "base64").length }) });
    expect(await (await get("/", { method: "PUT", body: Buffer.alloc(10_485_760) })).json()).toEqual({
      length: 10_485_760,
    });
    const refused = await get("/", { method: "PUT", body: Buffer.alloc(10_485_761) });
    expect([refused.status, await refused.json()]).toEqual([413, { message: "Request Entity Too Large" }]);
  });

  test("headers may have 10,240 bytes", async () => {
    await serve({ "GET /": () => "ok" });
    expect((await get("/", { headers: { "x-long": "a".repeat(9_500) } })).status).toBe(200);
    const refused = await get("/", { headers: { "x-long": "a".repeat(10_240) } });
    expect([refused.status, await refused.json()]).toEqual([431, { message: "Request Header Fields Too Large" }]);
  });

  test("requests above rate and burst are refused until time has passed", async () => {
    const settings = { throttling_rate_limit: 1, throttling_burst_limit: 2 };
    await serve(
      { "GET /": () => "ok", "GET /slow": () => "ok" },
      {
        default_route_settings: [settings],
        route_settings: [{ route_key: "GET /slow", throttling_rate_limit: 1, throttling_burst_limit: 0 }],
      },
    );
    const statuses = [(await get("/")).status, (await get("/")).status, (await get("/")).status];
    expect(statuses).toEqual([200, 200, 429]);
    expect((await get("/slow")).status).toBe(429);
    now += 1_000;
    expect((await get("/")).status).toBe(200);
  });
});

describe("an authorizer", () => {
  const settings = {
    name: "users",
    authorizer_type: "REQUEST",
    authorizer_uri: `${FUNCTION}:authorizer/invocations`,
    authorizer_payload_format_version: "2.0",
    enable_simple_responses: true,
    identity_sources: ["$request.header.Authorization"],
    authorizer_result_ttl_in_seconds: 300,
  };
  const authorizations = () => lambda.invocations.filter(({ functionName }) => functionName.endsWith(":authorizer"));

  async function protect(answer: (event: TestEvent) => unknown, overrides: Attributes = {}): Promise<Attributes> {
    lambda.handlers.set("authorizer", answer);
    await serve({});
    const authorizer = await apply("aws_apigatewayv2_authorizer", { ...settings, ...overrides });
    const protection = { authorization_type: "CUSTOM", authorizer_id: authorizer.id };
    await route("GET /a", "a", (event) => event.requestContext.authorizer ?? {}, protection);
    await route("GET /b", "b", () => "b", protection);
    return authorizer;
  }

  const as = (user: string) => ({ headers: { Authorization: user } });

  test("sees the request, and what it says reaches the function", async () => {
    const authorizer = await protect((event) => ({
      isAuthorized: true,
      context: { type: event.type, routeArn: event.routeArn, identity: event.identitySource[0] },
    }));
    expect(await (await get("/a", as("u"))).json()).toEqual({
      lambda: {
        type: "REQUEST",
        routeArn: `arn:aws:execute-api:us-east-1:000000000000:${api.id}/$default/GET/a`,
        identity: "u",
      },
    });
    expect(authorizations()[0]?.source).toMatchObject({
      sourceArn: `arn:aws:execute-api:us-east-1:000000000000:${api.id}/authorizers/${authorizer.id}`,
    });
  });

  test("is not asked when the identity is missing, refuses by 403, and fails by 500", async () => {
    await protect((event) => {
      if (event.identitySource[0] === "broken") throw new Error("no users");
      return event.identitySource[0] === "odd" ? {} : { isAuthorized: false };
    });
    const answers = await Promise.all([get("/a"), get("/a", as("eve")), get("/a", as("broken")), get("/a", as("odd"))]);
    expect(await Promise.all(answers.map(async (answer) => [answer.status, await answer.json()]))).toEqual([
      [401, { message: "Unauthorized" }],
      [403, { message: "Forbidden" }],
      [500, { message: "Internal Server Error" }],
      [500, { message: "Internal Server Error" }],
    ]);
    expect(authorizations()).toHaveLength(3);
  });

  test("is asked once for an identity, on all routes, until its time is over", async () => {
    await protect(() => ({ isAuthorized: true }));
    for (const path of ["/a", "/b", "/a"]) expect((await get(path, as("u"))).status).toBe(200);
    expect(authorizations()).toHaveLength(1);
    await get("/a", as("other"));
    expect(authorizations()).toHaveLength(2);
    now += 300_001;
    await get("/a", as("u"));
    expect(authorizations()).toHaveLength(3);
  });

  test("is asked for each route when the route is part of the identity, and always without a time", async () => {
    await protect(() => ({ isAuthorized: true }), {
      identity_sources: ["$request.header.Authorization", "$context.routeKey"],
    });
    for (const path of ["/a", "/b", "/a"]) await get(path, as("u"));
    expect(authorizations()).toHaveLength(2);
  });

  test("without a time is asked each time", async () => {
    await protect(() => ({ isAuthorized: true }), { authorizer_result_ttl_in_seconds: 0 });
    for (const path of ["/a", "/a"]) await get(path, as("u"));
    expect(authorizations()).toHaveLength(2);
  });

  test("may answer by a policy, which is held against each route also when it is kept", async () => {
    await protect(
      ({ routeArn }) => ({
        principalId: "u",
        policyDocument: { Statement: [{ Effect: "Allow", Action: "execute-api:Invoke", Resource: routeArn }] },
        context: { role: "reader" },
      }),
      { enable_simple_responses: false },
    );
    expect(await (await get("/a", as("u"))).json()).toEqual({ lambda: { role: "reader" } });
    expect((await get("/b", as("u"))).status).toBe(403);
  });
});

test("cross-origin requests are answered by the API's own rules", async () => {
  api = await apply("aws_apigatewayv2_api", {
    name: "cors",
    protocol_type: "HTTP",
    cors_configuration: [
      { allow_origins: ["https://app.example"], allow_methods: ["GET"], allow_headers: ["authorization"], max_age: 60 },
    ],
  });
  await serve({ "GET /": () => ({ statusCode: 200, headers: { "Access-Control-Allow-Origin": "*" } }) });
  const preflight = await get("/anything", {
    method: "OPTIONS",
    headers: { Origin: "https://app.example", "Access-Control-Request-Method": "GET" },
  });
  expect([preflight.status, Object.fromEntries(preflight.headers)]).toMatchObject([
    204,
    {
      "access-control-allow-origin": "https://app.example",
      "access-control-allow-methods": "GET",
      "access-control-max-age": "60",
    },
  ]);
  const from = async (origin: string) => {
    const response = await get("/", { headers: { Origin: origin } });
    return [response.status, response.headers.get("access-control-allow-origin")];
  };
  expect(await from("https://app.example")).toEqual([200, "https://app.example"]);
  expect(await from("https://evil.example")).toEqual([200, null]);
});

test("the access log has one line in the stage's format for each request", async () => {
  await serve(
    { "GET /x": () => "four" },
    {
      access_log_settings: [
        {
          destination_arn: "arn:aws:logs:us-east-1:000000000000:log-group:/api",
          format:
            '{"route":"$context.routeKey","status":$context.status,"agent":"$context.identity.userAgent","length":"$context.responseLength","who":"$context.authorizer.user"}',
        },
      ],
    },
  );
  await get("/x", { headers: { "User-Agent": 'a "b"' } });
  await get("/nothing");
  expect(logged.map((line) => JSON.parse(line))).toEqual([
    { route: "GET /x", status: 200, agent: 'a "b"', length: "4", who: "-" },
    expect.objectContaining({ route: "-", status: 404 }),
  ]);
});

test("a connection is kept, and a request under way is finished when the API closes", async () => {
  let release = () => {};
  const started = new Promise<void>((resolve) => {
    void serve({
      "GET /": () =>
        new Promise((done) => {
          release = () => done("done");
          resolve();
        }),
    }).then(() => {
      const request = httpRequest(`${api.api_endpoint}/`).end();
      answered = once(request, "response").then(([response]) => readText(response));
    });
  });
  let answered: Promise<string> | undefined;
  await started;
  const closing = gateway.close();
  release();
  expect(await answered).toBe("done");
  await closing;
  const socket = connect(Number(new URL(String(api.api_endpoint)).port), "127.0.0.1");
  await expect(once(socket, "connect")).rejects.toThrow("ECONNREFUSED");
});

test("an API keeps its address over a restart, and loses it when it is deleted", async () => {
  await gateway.close();
  ports.close();
  ports = new Ports(join(directory, "ports.journal"));
  gateway = open();
  const handler = gateway.terraform.resources?.find(({ type }) => type === "aws_apigatewayv2_api");
  await handler?.start?.(api);
  expect(await handler?.read?.(api)).toEqual({ api_endpoint: api.api_endpoint });
  await handler?.delete?.(api);
  await expect(get("/")).rejects.toThrow();
});

test("a custom domain leads to its stage by the Host header, and may be the only way", async () => {
  await serve({ "GET /x": (event) => event.requestContext.domainName });
  await apply("aws_apigatewayv2_api_mapping", {
    domain_name: "files.example",
    stage: "$default",
    api_mapping_key: "v1",
  });
  const hosted = (path: string) =>
    new Promise<[number | undefined, string]>((resolve) => {
      const headers = { host: "files.example" };
      httpRequest(`${api.api_endpoint}${path}`, { headers }, (response) => {
        void readText(response).then((text) => resolve([response.statusCode, text]));
      }).end();
    });
  expect(await hosted("/v1/x")).toEqual([200, "files.example"]);
  expect((await get("/x")).status).toBe(200);
  const handler = gateway.terraform.resources?.find(({ type }) => type === "aws_apigatewayv2_api");
  await handler?.start?.({ ...api, disable_execute_api_endpoint: true });
  expect((await get("/x")).status).toBe(404);
  expect((await hosted("/v1/x"))[0]).toBe(200);
});

test("what is not served is refused by name", async () => {
  await expect(apply("aws_apigatewayv2_api", { protocol_type: "WEBSOCKET" })).rejects.toThrow("WebSocket");
  await expect(apply("aws_apigatewayv2_integration", { integration_type: "HTTP_PROXY" })).rejects.toThrow("AWS_PROXY");
  await expect(apply("aws_apigatewayv2_authorizer", { authorizer_type: "JWT" })).rejects.toThrow("JWT");
  await expect(apply("aws_apigatewayv2_route", { route_key: "FETCH /" })).rejects.toThrow("route key");
  await expect(apply("aws_apigatewayv2_stage", { api_id: "unknown", name: "x" })).rejects.toThrow(
    "Invalid API identifier",
  );
});
