import { once } from "node:events";
import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import { text as readText } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { arn } from "../../runtime/account.ts";
import { ApiGatewayHarness, FUNCTION } from "./testing/api-gateway-harness.ts";

let harness: ApiGatewayHarness;
beforeEach(async () => {
  harness = await ApiGatewayHarness.start();
});
afterEach(() => harness.close());

it("matches the most specific route", async () => {
  const name = (text: string) => () => ({ statusCode: 200, body: text });
  await harness.serve({
    $default: name("default"),
    "ANY /{proxy+}": name("any greedy"),
    "GET /pets/{proxy+}": name("greedy"),
    "GET /pets/dog/{id}": name("variable"),
    "ANY /pets/dog/1": name("any literal"),
    "GET /pets/dog/1": name("literal"),
  });
  const bodies = await Promise.all(
    ["/pets/dog/1", "/pets/dog/2", "/pets/cat/1", "/other/x", "/"].map(async (path) =>
      (await harness.get(path)).text(),
    ),
  );
  expect(bodies).toEqual(["literal", "variable", "greedy", "any greedy", "default"]);
  expect(await (await harness.get("/pets/dog/1", { method: "POST" })).text()).toBe("any literal");
});

it("returns 404 without a matching route, and 400 for a path with invalid escape sequences", async () => {
  await harness.serve({ "GET /items/{id}": () => ({}) });
  const missing = await harness.get("/nothing");
  expect([missing.status, await missing.json()]).toEqual([404, { message: "Not Found" }]);
  expect((await harness.get("/items/1", { method: "DELETE" })).status).toBe(404);
  expect((await harness.get("/items/%E0%A4")).status).toBe(400);
});

it("serves a named stage under its prefix, with its stage variables", async () => {
  await harness.serve({ "GET /x": () => ({}) });
  harness.lambda.handlers.set("live", (event) => ({ path: event.rawPath, stage: event.requestContext.stage }));
  const stage = await harness.apply("aws_apigatewayv2_stage", { name: "test", stage_variables: { alias: "live" } });
  expect(stage.invoke_url).toBe(`${harness.api.api_endpoint}/test`);
  await harness.route(
    "GET /y",
    "unused",
    () => ({}),
    {},
    { integration_uri: `${FUNCTION}:\${stageVariables.alias}/invocations` },
  );
  expect(await (await harness.get("/test/y")).json()).toEqual({ path: "/test/y", stage: "test" });
  expect((await harness.get("/y")).status).toBe(500);
});

describe("limits", () => {
  it("accepts bodies of at most 10 MiB", async () => {
    await harness.serve({ "PUT /": ({ body }) => ({ length: Buffer.from(body, "base64").length }) });
    expect(await (await harness.get("/", { method: "PUT", body: Buffer.alloc(10_485_760) })).json()).toEqual({
      length: 10_485_760,
    });
    const rejected = await harness.get("/", { method: "PUT", body: Buffer.alloc(10_485_761) });
    expect([rejected.status, await rejected.json()]).toEqual([413, { message: "Request Entity Too Large" }]);
  });

  it("accepts headers of at most 10,240 bytes", async () => {
    await harness.serve({ "GET /": () => "ok" });
    expect((await harness.get("/", { headers: { "x-long": "a".repeat(9_500) } })).status).toBe(200);
    const rejected = await harness.get("/", { headers: { "x-long": "a".repeat(10_240) } });
    expect([rejected.status, await rejected.json()]).toEqual([431, { message: "Request Header Fields Too Large" }]);
  });

  it("rejects requests above rate and burst until the bucket is refilled", async () => {
    const settings = { throttling_rate_limit: 1, throttling_burst_limit: 2 };
    await harness.serve(
      { "GET /": () => "ok", "GET /slow": () => "ok" },
      {
        default_route_settings: [settings],
        route_settings: [{ route_key: "GET /slow", throttling_rate_limit: 1, throttling_burst_limit: 0 }],
      },
    );
    const statuses = [
      (await harness.get("/")).status,
      (await harness.get("/")).status,
      (await harness.get("/")).status,
    ];
    expect(statuses).toEqual([200, 200, 429]);
    expect((await harness.get("/slow")).status).toBe(429);
    harness.now += 1_000;
    expect((await harness.get("/")).status).toBe(200);
  });
});

it("responds to cross-origin requests according to the CORS configuration", async () => {
  harness.api = await harness.apply("aws_apigatewayv2_api", {
    name: "cors",
    protocol_type: "HTTP",
    cors_configuration: [
      { allow_origins: ["https://app.example"], allow_methods: ["GET"], allow_headers: ["authorization"], max_age: 60 },
    ],
  });
  await harness.serve({ "GET /": () => ({ statusCode: 200, headers: { "Access-Control-Allow-Origin": "*" } }) });
  const preflight = await harness.get("/anything", {
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
    const response = await harness.get("/", { headers: { Origin: origin } });
    return [response.status, response.headers.get("access-control-allow-origin")];
  };
  expect(await from("https://app.example")).toEqual([200, "https://app.example"]);
  expect(await from("https://evil.example")).toEqual([200, null]);
});

it("writes one line per request to the access log, in the format of the stage", async () => {
  await harness.serve(
    { "GET /x": () => "four" },
    {
      access_log_settings: [
        {
          destination_arn: arn("logs", "log-group:/api"),
          format:
            '{"route":"$context.routeKey","status":$context.status,"agent":"$context.identity.userAgent","length":"$context.responseLength","who":"$context.authorizer.user"}',
        },
      ],
    },
  );
  await harness.get("/x", { headers: { "User-Agent": 'a "b"' } });
  await harness.get("/nothing");
  expect(harness.logged.map((line) => JSON.parse(line))).toEqual([
    { route: "GET /x", status: 200, agent: 'a "b"', length: "4", who: "-" },
    expect.objectContaining({ route: "-", status: 404 }),
  ]);
});

it("completes requests in flight when the API is closed", async () => {
  let release = () => {};
  const started = new Promise<void>((resolve) => {
    void harness
      .serve({
        "GET /": () =>
          new Promise((done) => {
            release = () => done("done");
            resolve();
          }),
      })
      .then(() => {
        const request = httpRequest(`${harness.api.api_endpoint}/`).end();
        responded = once(request, "response").then(([response]) => readText(response));
      });
  });
  let responded: Promise<string> | undefined;
  await started;
  const closing = harness.gateway.close();
  release();
  expect(await responded).toBe("done");
  await closing;
  const socket = connect(Number(new URL(String(harness.api.api_endpoint)).port), "127.0.0.1");
  await expect(once(socket, "connect")).rejects.toThrow("ECONNREFUSED");
});

// Another program of the machine can take the port during the restart.
it("keeps its address after a restart, and closes its port when it is deleted", { retry: 3 }, async () => {
  await harness.serve({ "GET /": () => "ok" });
  await harness.restart();
  expect(await (await harness.get("/")).text()).toBe("ok");
  expect(await harness.resources.read("aws_apigatewayv2_api", harness.api)).toEqual(harness.api);
  await harness.resources.delete("aws_apigatewayv2_api", harness.api);
  await expect(harness.get("/")).rejects.toThrow();
});

it("maps a custom domain to its stage by the Host header, also without the default endpoint", async () => {
  await harness.serve({ "GET /x": (event) => event.requestContext.domainName });
  await harness.apply("aws_apigatewayv2_api_mapping", {
    domain_name: "files.example",
    stage: "$default",
    api_mapping_key: "v1",
  });
  const hosted = (path: string) =>
    new Promise<[number | undefined, string]>((resolve) => {
      const headers = { host: "files.example" };
      httpRequest(`${harness.api.api_endpoint}${path}`, { headers }, (response) => {
        void readText(response).then((text) => resolve([response.statusCode, text]));
      }).end();
    });
  expect(await hosted("/v1/x")).toEqual([200, "files.example"]);
  expect((await harness.get("/x")).status).toBe(200);
  const config = { name: "files", protocol_type: "HTTP", disable_execute_api_endpoint: true };
  await harness.apply("aws_apigatewayv2_api", config, harness.api);
  expect((await harness.get("/x")).status).toBe(404);
  expect((await hosted("/v1/x"))[0]).toBe(200);
});

it("rejects unsupported arguments by name", async () => {
  await expect(harness.apply("aws_apigatewayv2_api", { protocol_type: "WEBSOCKET" })).rejects.toThrow("WebSocket");
  await expect(harness.apply("aws_apigatewayv2_integration", { integration_type: "HTTP_PROXY" })).rejects.toThrow(
    "AWS_PROXY",
  );
  await expect(harness.apply("aws_apigatewayv2_authorizer", { authorizer_type: "JWT" })).rejects.toThrow("JWT");
  await expect(harness.apply("aws_apigatewayv2_route", { route_key: "FETCH /" })).rejects.toThrow("route key");
  await expect(harness.apply("aws_apigatewayv2_stage", { api_id: "unknown", name: "x" })).rejects.toThrow(
    "Invalid API identifier",
  );
});

it("reports each request with the function that served it, and without one what API Gateway answered", async () => {
  await harness.serve({ "GET /items/{id}": () => ({ statusCode: 201 }) });
  await harness.get("/items/1?full=yes", { headers: { "x-amz-cf-id": "from-cloudfront" } });
  await harness.get("/nothing");
  await expect.poll(() => harness.requests).toHaveLength(2);
  const common = {
    entrance: "api-gateway",
    name: harness.api.id,
    dimensions: { ApiId: harness.api.id, Stage: "$default" },
    method: "GET",
    receivedAt: harness.now,
  };
  expect(harness.requests).toEqual([
    {
      ...common,
      path: "/items/1?full=yes",
      status: 201,
      servedBy: "f0",
      cloudFrontId: "from-cloudfront",
      duration: expect.any(Number),
    },
    {
      ...common,
      path: "/nothing",
      status: 404,
      servedBy: undefined,
      cloudFrontId: undefined,
      duration: expect.any(Number),
    },
  ]);
});
